package routes.inbox;

import java.time.Duration;
import org.apache.camel.BindToRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.store.Causes;
import routes.store.Database;
import routes.telemetry.Metrics;

/** The clocks that end what is kept: payloads, then what is known of events, then the audit. */
@BindToRegistry("retention")
public class Retention extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration WARNED_EVERY = Duration.ofDays(1);

    private Database database;
    private RetentionTables tables;
    private SealedPayloads payloads;
    private int payloadDays;
    private int unfinishedDays;
    private int metadataDays;
    private int auditDays;
    private int warnDays;
    private long nextWarning = System.nanoTime();
    private volatile double expiring = Double.NaN;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        tables = new RetentionTables(database);
        payloads = bean("sealed-payloads", SealedPayloads.class);
        Settings settings = settings();
        payloadDays = settings.positive("retention.payload-days");
        unfinishedDays = atLeast(settings, "retention.unfinished-payload-days", "retention.payload-days");
        metadataDays = atLeast(settings, "retention.metadata-days", "retention.unfinished-payload-days");
        auditDays = settings.positive("retention.audit-days");
        warnDays = settings.positive("retention.warn-days");
        bean("metrics", Metrics.class)
                .gauge(
                        "webhook.payloads.expiring",
                        "Events that nobody has put right, and that lose their payload soon",
                        this,
                        of -> of.expiring);
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
            warn();
            for (String key : payloads.keysInUse()) {
                removed("payloads", tables.payloads(key, payloadDays, unfinishedDays));
            }
            removed("events", tables.events(metadataDays));
            removed("replays", tables.rows("retention_replays_remove", metadataDays));
            removed("audit entries", tables.rows("retention_audit_remove", auditDays));
            removed("erasures", tables.rows("retention_erasures_remove", auditDays));
        } catch (RuntimeException e) {
            LOG.warn("retention broke off, and goes on the next time: {}", Causes.of(e));
        }
    }

    /** How many events lose their payload soon that nobody has put right. */
    public long expiring() {
        long expiring = 0;
        for (String key : payloads.keysInUse()) {
            expiring += database.with(handle -> database.query(handle, "retention_expiring")
                    .bind("key", key)
                    .bind("days", Math.max(0, unfinishedDays - warnDays))
                    .mapTo(Long.class)
                    .one());
        }
        return expiring;
    }

    private static void removed(String what, int count) {
        if (count > 0) {
            LOG.info("removed after their time: {} {}", count, what);
        }
    }

    /** Once a day: what nobody has put right cannot be replayed any more without its payload. */
    private void warn() {
        long soon = expiring();
        expiring = soon;
        if (System.nanoTime() - nextWarning < 0) {
            return;
        }
        nextWarning = System.nanoTime() + WARNED_EVERY.toNanos();
        if (soon > 0) {
            LOG.warn(
                    "{} events that are parked, quarantined or dead somewhere lose their payload within {} days",
                    soon,
                    warnDays);
        }
    }
}
