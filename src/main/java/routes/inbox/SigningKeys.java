package routes.inbox;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.auth.SigningKeyStore;
import routes.config.ContextService;
import routes.http.Overlap;
import routes.http.Refused;
import routes.http.Request;
import routes.sealing.Sealing;
import routes.store.Database;

/** Replaces the key that signs our tokens, while all instances go on: each reads the keys again every few seconds. */
@BindToRegistry("signing-keys")
public class SigningKeys extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    /** So often an instance may have failed to read the keys, and still knows the new one when another signs with it. */
    private static final int READS = 3;

    private Database database;
    private Reads reads;
    private Sealing sealing;
    private int lifetimeSeconds;
    private int readSeconds;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        reads = bean("reads", Reads.class);
        sealing = bean("sealing", Sealing.class);
        lifetimeSeconds = settings().positive("oauth2.token-lifetime-seconds");
        readSeconds = settings().positive("oauth2.revocation-seconds");
    }

    /** {@code {"keys": [{"id": "2", "signsFrom": …, "goodUntil": null}, …]}}, the newest first. */
    public Map<String, Object> list(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        return reads.with(this::list);
    }

    private Map<String, Object> list(Handle handle) {
        List<Map<String, Object>> keys = database.query(handle, "signing_key_times")
                .map((row, context) -> {
                    Map<String, Object> key = new LinkedHashMap<>();
                    key.put("id", row.getString("key_id"));
                    key.put("signsFrom", EventView.text(row.getObject("signs_from", OffsetDateTime.class)));
                    key.put("goodUntil", EventView.text(row.getObject("good_until", OffsetDateTime.class)));
                    return key;
                })
                .list();
        return Map.of("keys", keys);
    }

    /**
     * Makes a new key. The ones before are good for {@code overlapSeconds} more, by default as long as a token is; with 0 all tokens
     * that are out are worth nothing within seconds.
     *
     * @throws Refused 400 for an overlap that is none
     */
    public Map<String, Object> rotate(Exchange exchange) {
        int overlap = Overlap.seconds(exchange, lifetimeSeconds);
        String actor = Caller.of(exchange).client();
        return reads.inTransaction(handle -> {
            database.query(handle, "signing_key_lock").mapTo(String.class).list();
            int last = database.query(handle, "signing_key_last")
                    .mapTo(Integer.class)
                    .one();
            String id = Integer.toString(last + 1);
            int delay = overlap == 0 ? 0 : READS * readSeconds;
            handle.createUpdate(database.sql("signing_key_next"))
                    .bind("keyId", id)
                    .bind("sealed", sealing.seal(SigningKeyStore.name(id), SigningKeyStore.newKey()))
                    .bind("delaySeconds", delay)
                    .execute();
            handle.createUpdate(database.sql("signing_key_replaced"))
                    .bind("keyId", id)
                    // what is signed until the new one takes over is good for as long as the rest
                    .bind("seconds", overlap + delay)
                    .execute();
            handle.createUpdate(database.sql("signing_key_remove")).execute();
            Events.audit(
                    database, handle, actor, "rotate signing key", "signing key " + id, "overlap " + overlap + " s");
            LOG.info("signing key rotated key={} overlap={}s", id, overlap);
            return list(handle);
        });
    }
}
