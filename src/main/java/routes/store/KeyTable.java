package routes.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import routes.auth.SigningKeyStore;
import routes.config.ContextService;
import routes.sealing.SealedTable;
import routes.sealing.Sealing;

/** The sealed signing keys in the table {@code signing_key}, shared by all instances. */
@BindToRegistry("signing-key-store")
public class KeyTable extends ContextService implements SigningKeyStore, SealedTable {

    private Database database;
    private Sealing sealing;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        sealing = bean("sealing", Sealing.class);
    }

    @Override
    public Map<String, byte[]> keys(Supplier<Map.Entry<String, byte[]>> first) {
        return database.inTransaction(handle -> {
            Map<String, byte[]> keys = read(handle);
            if (!keys.isEmpty()) {
                return keys;
            }
            Map.Entry<String, byte[]> key = first.get();
            handle.createUpdate(database.sql("signing_key_insert"))
                    .bind("keyId", key.getKey())
                    .bind("sealed", key.getValue())
                    .execute();
            return read(handle); // another instance's key, if that was quicker
        });
    }

    private Map<String, byte[]> read(Handle handle) {
        return database.query(handle, "signing_keys").reduceRows(new LinkedHashMap<>(), (keys, row) -> {
            keys.put(row.getColumn("key_id", String.class), row.getColumn("sealed", byte[].class));
            return keys;
        });
    }

    @Override
    public String table() {
        return "signing_key";
    }

    @Override
    public Set<String> keysInUse() {
        return database.with(
                handle -> read(handle).values().stream().map(Sealing::keyOf).collect(Collectors.toSet()));
    }

    @Override
    public int reseal() {
        return database.inTransaction(handle -> read(handle).entrySet().stream()
                .filter(key -> !Sealing.keyOf(key.getValue()).equals(sealing.keyId()))
                .mapToInt(key -> reseal(handle, key.getKey(), key.getValue()))
                .sum());
    }

    private int reseal(Handle handle, String keyId, byte[] before) {
        String name = SigningKeyStore.name(keyId);
        return handle.createUpdate(database.sql("signing_key_reseal"))
                .bind("keyId", keyId)
                .bind("before", before)
                .bind("sealed", sealing.seal(name, sealing.open(name, before)))
                .execute();
    }
}
