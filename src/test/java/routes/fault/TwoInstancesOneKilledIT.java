package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.KafkaBroker;
import routes.support.Load;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** Two instances on one database, of which one is killed under load: the other brings everything to every receiver. */
@Tag("long")
class TwoInstancesOneKilledIT {

    private static final Logger LOG = LoggerFactory.getLogger(TwoInstancesOneKilledIT.class);

    private static final String PARTNER = "partner";
    private static final String CALLBACK = "/callback";
    private static final int PER_PARTNER = 4;
    private static final int SENDERS = 3;

    @AutoClose
    private KafkaBroker broker;

    @AutoClose
    private Partner partner;

    @AutoClose
    private BundleProcess killed;

    @AutoClose
    private BundleProcess survivor;

    @AutoClose
    private Load toKilled;

    @AutoClose
    private Load toSurvivor;

    @Test
    void whatEitherAcknowledgedComesToTheTableTheTopicAndThePartner() throws Exception {
        broker = new KafkaBroker().start();
        partner = new Partner();
        Properties database = TestDatabase.POSTGRESQL.create();
        killed = BundleProcess.start("two-instances-killed", settings(database));
        survivor = BundleProcess.start("two-instances-survivor", settings(database));
        Registry registry = new Registry(survivor.uri("/"));
        registry.grant(PARTNER, Bundle.TENANT);
        partner.secret(CALLBACK, registry.register(PARTNER, 1, partner.url(CALLBACK)));

        toKilled = new Load(killed.webhook(), killed.token("optum"), SENDERS);
        toSurvivor = new Load(survivor.webhook(), survivor.token("optum"), SENDERS);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> toKilled.acknowledged().size() >= 500);
        // both wait for the partner's answers: it gets again what the killed one did not live to note
        partner.answers(CALLBACK, partner.hang());
        await().atMost(Duration.ofSeconds(30)).until(() -> partner.inProgress(CALLBACK) == 2 * PER_PARTNER);
        killed.kill();
        partner.release();
        toKilled.close();
        int before = toSurvivor.acknowledged().size();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> toSurvivor.acknowledged().size() >= before + 500);
        toSurvivor.finish();
        survivor.awaitDeliveries();
        survivor.close();

        Ledger ledger = Ledger.read(database);
        Set<UUID> acknowledged = new HashSet<>(toKilled.acknowledged());
        acknowledged.addAll(toSurvivor.acknowledged());
        Arrivals topic = Arrivals.in(
                broker, "webhooks.coverage-discovery", ledger.events().size());
        Arrivals callback = Arrivals.at(partner, CALLBACK);
        LOG.info(
                "two instances, one killed: acknowledged {}, lost {}; missing in the topic {}, at the partner {};"
                        + " there again {} and {} (deliveries claimed again {})",
                acknowledged.size(),
                ledger.lost(acknowledged).size(),
                topic.missing(acknowledged).size(),
                callback.missing(acknowledged).size(),
                topic.again(),
                callback.again(),
                ledger.claimedAgain());
        assertEquals(Set.of(), ledger.lost(acknowledged));
        assertEquals(Set.of(), ledger.doubled());
        assertTrue(ledger.claimedAgain() > 0, "nothing was left behind, so nothing was taken over");
        assertTrue(callback.again() > 0, "nothing came twice, so there was nothing to tell");
        for (Arrivals arrivals : List.of(topic, callback)) {
            assertEquals(Set.of(), arrivals.missing(acknowledged));
            assertTrue(arrivals.canBeTold(), "a task came under two ids");
        }
    }

    private Properties settings(Properties database) {
        Properties settings = Bundle.settings(database);
        settings.putAll(Registry.clients(List.of(PARTNER)));
        // Whoever takes over must wait until the leases of the killed one run out: longer than an attempt of 15 s.
        settings.setProperty("delivery.lease-seconds", "25");
        settings.setProperty("jdbc.query-timeout-seconds", "4");
        settings.setProperty("kafka.brokers", broker.bootstrap());
        String schedule = String.join(", ", Collections.nCopies(20, "1s"));
        settings.setProperty("kafka.retry-schedule", schedule);
        settings.setProperty("callback.retry-schedule", schedule);
        settings.setProperty("callback.per-partner", Integer.toString(PER_PARTNER));
        return settings;
    }
}
