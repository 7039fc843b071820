package routes.inbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.store.Causes;
import routes.store.Database;

/**
 * The clocks that end what is kept: payloads, then what is known of events, then the audit. In small transactions, each of which takes
 * what no other instance has; never anything of an event that is still to be delivered.
 */
@BindToRegistry("retention")
public class Retention extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;
    private static final Duration WARNED_EVERY = Duration.ofDays(1);
    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Database database;
    private SealedPayloads payloads;
    private int payloadDays;
    private int unfinishedDays;
    private int metadataDays;
    private int auditDays;
    private int warnDays;
    private long nextWarning = System.nanoTime();

    private record Found(UUID eventId, OffsetDateTime receivedAt) {}

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        payloads = bean("sealed-payloads", SealedPayloads.class);
        Settings settings = settings();
        payloadDays = settings.positive("retention.payload-days");
        unfinishedDays = atLeast(settings, "retention.unfinished-payload-days", "retention.payload-days");
        metadataDays = atLeast(settings, "retention.metadata-days", "retention.unfinished-payload-days");
        auditDays = settings.positive("retention.audit-days");
        warnDays = settings.positive("retention.warn-days");
    }

    private static int atLeast(Settings settings, String key, String other) {
        int days = settings.positive(key);
        if (days < settings.positive(other)) {
            throw new IllegalArgumentException(key + " must not be less than " + other);
        }
        return days;
    }

    /** Removes whatever has had its time. What fails is tried again the next time. */
    public void sweep() {
        try {
            for (String key : payloads.keysInUse()) {
                removed("payloads", all(after -> payloads(key, after)));
            }
            removed("events", all(this::events));
            removed("replays", all("retention_replays_remove", metadataDays));
            removed("audit entries", all("retention_audit_remove", auditDays));
            removed("erasures", all("retention_erasures_remove", auditDays));
            warn();
        } catch (RuntimeException e) {
            LOG.warn("retention broke off, and goes on the next time: {}", Causes.of(e));
        }
    }

    private static void removed(String what, int count) {
        if (count > 0) {
            LOG.info("removed after their time: {} {}", count, what);
        }
    }

    private interface Batch {

        /** Removes a batch of what came no sooner than that; adds how many to the count, and answers when the last one came. */
        Removed remove(OffsetDateTime after);
    }

    private record Removed(int count, OffsetDateTime last) {}

    /** Batch by batch until nothing is left; each goes on where the one before has ended. */
    private static int all(Batch batch) {
        int count = 0;
        Removed removed = batch.remove(BEGINNING);
        while (removed.count > 0) {
            count += removed.count;
            removed = batch.remove(removed.last);
        }
        return count;
    }

    private int all(String statement, int days) {
        return all(after -> new Removed(
                database.inTransaction(handle -> handle.createUpdate(database.sql(statement))
                        .bind("days", days)
                        .bind("limit", BATCH)
                        .execute()),
                after));
    }

    private Removed payloads(String key, OffsetDateTime after) {
        return batch(
                "retention_payloads",
                Map.of("key", key, "after", after, "days", payloadDays, "unfinishedDays", unfinishedDays),
                (handle, ids) -> execute(handle, "retention_payload_remove", ids));
    }

    private Removed events(OffsetDateTime after) {
        return batch("retention_events", Map.of("after", after, "days", metadataDays), (handle, ids) -> {
            execute(handle, "retention_attempts_remove", ids);
            execute(handle, "retention_deliveries_remove", ids);
            return execute(handle, "retention_events_remove", ids);
        });
    }

    private Removed batch(String statement, Map<String, ?> parameters, BiFunction<Handle, List<UUID>, Integer> remove) {
        return database.inTransaction(handle -> {
            List<Found> found = database.query(handle, statement)
                    .bindMap(parameters)
                    .bind("limit", BATCH)
                    .map((row, context) -> new Found(
                            row.getObject("event_id", UUID.class), row.getObject("received_at", OffsetDateTime.class)))
                    .list();
            return found.isEmpty()
                    ? new Removed(0, null)
                    : new Removed(
                            remove.apply(
                                    handle, found.stream().map(Found::eventId).toList()),
                            found.get(found.size() - 1).receivedAt);
        });
    }

    private int execute(Handle handle, String statement, List<UUID> ids) {
        return handle.createUpdate(database.sql(statement))
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    /** Once a day: what nobody has put right cannot be replayed any more without its payload. */
    private void warn() {
        if (System.nanoTime() - nextWarning < 0) {
            return;
        }
        nextWarning = System.nanoTime() + WARNED_EVERY.toNanos();
        long expiring = 0;
        for (String key : payloads.keysInUse()) {
            expiring += database.with(handle -> database.query(handle, "retention_expiring")
                    .bind("key", key)
                    .bind("days", Math.max(0, unfinishedDays - warnDays))
                    .mapTo(Long.class)
                    .one());
        }
        if (expiring > 0) {
            LOG.warn(
                    "{} events that are parked, quarantined or dead somewhere lose their payload within {} days",
                    expiring,
                    warnDays);
        }
    }
}
