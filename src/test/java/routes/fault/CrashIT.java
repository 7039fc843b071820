package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Load;
import routes.support.Load.Outcome;
import routes.support.TestDatabase;

/** The promise of an acknowledgement, held against {@code kill -9}: docs/reliability.md. */
@Tag("long")
@ParameterizedClass
@EnumSource
class CrashIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);

    /** More with {@code -Dcrash.kills=…}. */
    private static final int KILLS = Integer.getInteger("crash.kills", 3);

    private static final int SENDERS = 16;

    @Parameter
    TestDatabase database;

    private BundleProcess bundle;
    private Load load;

    @AfterEach
    void end() throws Exception {
        if (load != null) {
            load.close();
        }
        if (bundle != null) {
            bundle.close();
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesEveryKillAndIsStoredOnce() throws Exception {
        Properties settings = Bundle.settings(database.create());
        // Whoever takes over from a killed instance must wait until its leases run out. A lease must have time for an
        // attempt of 15 s, and for some waiting before it.
        settings.setProperty("delivery.lease-seconds", "25");
        settings.setProperty("jdbc.query-timeout-seconds", "4");
        bundle = start(settings, 0);
        load = new Load(bundle.webhook(), bundle.token("optum"), SENDERS);
        for (int kill = 1; kill <= KILLS; kill++) {
            awaitAcknowledged(
                    load.acknowledged().size() + ThreadLocalRandom.current().nextInt(50, 400));
            bundle.kill();
            bundle = start(settings, kill);
        }
        load.finish();
        resendSome();
        bundle.awaitDeliveries();
        bundle.close();

        Ledger ledger = Ledger.read(settings);
        Set<UUID> acknowledged = load.acknowledged();
        Set<UUID> lost = ledger.lost(acknowledged);
        Set<UUID> doubled = ledger.doubled();
        LOG.info(
                "{}, {} kills: acknowledged {}, stored {}, lost {}, doubled {} (requests broken {}, deliveries claimed again {})",
                database,
                KILLS,
                acknowledged.size(),
                ledger.events().size(),
                lost.size(),
                doubled.size(),
                broken(),
                ledger.claimedAgain());
        assertTrue(acknowledged.size() > 100, "too little load to prove anything");
        assertEquals(Set.of(), lost);
        assertEquals(Set.of(), doubled);
        assertEquals(acknowledged, ledger.events().keySet());
        assertTrue(Set.of(204, 503).containsAll(load.statuses()), () -> "answers: " + load.statuses());
    }

    private BundleProcess start(Properties settings, int kill) throws Exception {
        return BundleProcess.start("crash-" + database + "-" + kill, settings);
    }

    /** So many more and no more is a random moment, on a slow machine too. */
    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> load.acknowledged().size() >= count);
    }

    /** A sender that did not get our answer sends again what we have long since stored. */
    private void resendSome() throws Exception {
        for (UUID task : load.acknowledged().stream().limit(100).toList()) {
            assertEquals(Outcome.ACKNOWLEDGED, load.post(task).outcome());
        }
    }

    private long broken() {
        return load.tries().stream()
                .filter(made -> made.outcome() == Outcome.BROKEN)
                .count();
    }
}
