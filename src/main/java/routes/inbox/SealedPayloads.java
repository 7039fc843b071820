package routes.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.sealing.CannotOpen;
import routes.sealing.Payloads;
import routes.sealing.SealedTable;
import routes.sealing.Sealing;
import routes.store.Database;

/** The payloads in the table {@code event}, for a rotation of the keys that seal them. */
@BindToRegistry("sealed-payloads")
public class SealedPayloads extends ContextService implements SealedTable {

    private static final Logger LOG = LoggerFactory.getLogger(SealedPayloads.class);
    private static final int MOST_ROWS = 200;

    /** They are in memory at once, as they come and as they go. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private Database database;
    private Sealing sealing;
    private Payloads payloads;

    private record Row(UUID eventId, long bytes) {}

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        sealing = bean("sealing", Sealing.class);
        payloads = bean("payloads", Payloads.class);
    }

    @Override
    public String table() {
        return "event";
    }

    /** What is stored in clear stays so as long as new payloads are. */
    private Set<String> keysThatStay() {
        return payloads.areSealed()
                ? Set.of(sealing.keyId(), Payloads.BROKEN)
                : Set.of(sealing.keyId(), Payloads.BROKEN, Payloads.PLAIN);
    }

    /** One look into the index for each: there are few keys and many events. */
    @Override
    public Set<String> keysInUse() {
        Set<String> keys = new TreeSet<>();
        database.with(handle -> {
            for (Optional<String> key = after(handle, ""); key.isPresent(); key = after(handle, key.get())) {
                keys.add(key.get());
            }
            return keys;
        });
        return keys;
    }

    private Optional<String> after(Handle handle, String key) {
        return database.query(handle, "payload_key_after")
                .bind("after", key)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public int reseal() {
        return keysInUse().stream()
                .filter(key -> !keysThatStay().contains(key))
                .mapToInt(key -> database.inTransaction(handle -> reseal(handle, key)))
                .filter(resealed -> resealed > 0)
                .findFirst()
                .orElse(0);
    }

    private int reseal(Handle handle, String key) {
        List<UUID> chosen = chosen(database.query(handle, "payloads_of_key")
                .bind("key", key)
                .bind("limit", MOST_ROWS)
                .map((row, context) -> new Row(row.getObject("event_id", UUID.class), row.getLong("bytes")))
                .list());
        for (UUID event : chosen) {
            byte[] stored = database.query(handle, "event_payload")
                    .bind("eventId", event)
                    .map((row, context) -> row.getBytes("payload"))
                    .one();
            try {
                update(handle, event, payloads.reseal(event, key, stored), sealing.keyId());
            } catch (CannotOpen e) {
                LOG.warn("left as it is: {}", e.getMessage());
                update(handle, event, stored, Payloads.BROKEN);
            }
        }
        return chosen.size();
    }

    private void update(Handle handle, UUID event, byte[] payload, String keyId) {
        handle.createUpdate(database.sql("event_reseal"))
                .bind("eventId", event)
                .bind("payload", payload)
                .bind("keyId", keyId)
                .execute();
    }

    /** The first ones, and as many more as there is memory for. */
    private static List<UUID> chosen(List<Row> rows) {
        List<UUID> chosen = new ArrayList<>();
        long bytes = 0;
        for (Row row : rows) {
            bytes += row.bytes;
            if (!chosen.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            chosen.add(row.eventId);
        }
        return chosen;
    }
}
