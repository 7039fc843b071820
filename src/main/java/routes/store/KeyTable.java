package routes.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.jdbi.v3.core.Handle;
import routes.auth.SigningKeyStore;
import routes.config.ContextService;

/** The sealed signing keys in the table {@code signing_key}, shared by all instances. */
@BindToRegistry("signing-key-store")
public class KeyTable implements SigningKeyStore, CamelContextAware {

    private CamelContext camelContext;

    @Override
    public Map<String, byte[]> keys(Supplier<Map.Entry<String, byte[]>> first) {
        Database database = ContextService.started(camelContext, "database", Database.class);
        return database.inTransaction(handle -> {
            Map<String, byte[]> keys = read(database, handle);
            if (!keys.isEmpty()) {
                return keys;
            }
            Map.Entry<String, byte[]> key = first.get();
            handle.createUpdate(database.sql("signing_key_insert"))
                    .bind("keyId", key.getKey())
                    .bind("sealed", key.getValue())
                    .execute();
            return read(database, handle); // another instance's key, if that was quicker
        });
    }

    private static Map<String, byte[]> read(Database database, Handle handle) {
        return database.query(handle, "signing_keys").reduceRows(new LinkedHashMap<>(), (keys, row) -> {
            keys.put(row.getColumn("key_id", String.class), row.getColumn("sealed", byte[].class));
            return keys;
        });
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
