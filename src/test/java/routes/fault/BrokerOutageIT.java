package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.KafkaBroker;
import routes.support.Load;
import routes.support.Load.Outcome;
import routes.support.TestDatabase;

/** A broker that is killed, away for a minute, and back, while senders go on sending: docs/reliability.md. */
@Tag("long")
class BrokerOutageIT {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerOutageIT.class);

    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final int SENDERS = 2;

    @AutoClose
    private KafkaBroker broker;

    @AutoClose
    private BundleProcess bundle;

    @AutoClose
    private Load load;

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor();

    private final Set<Integer> readiness = ConcurrentHashMap.newKeySet();

    @Test
    void onlyKafkaWaitsForItAndNothingAcknowledgedIsMissingInTheEnd() throws Exception {
        broker = new KafkaBroker().start();
        Properties settings = Bundle.settings(TestDatabase.POSTGRESQL.create());
        settings.setProperty("kafka.brokers", broker.bootstrap());
        settings.setProperty("kafka.retry-schedule", String.join(", ", Collections.nCopies(100, "3s")));
        bundle = BundleProcess.start("broker-outage", settings);
        load = new Load(bundle.webhook(), bundle.token("optum"), SENDERS);
        probe.scheduleWithFixedDelay(() -> readiness.add(bundle.readiness(settings)), 0, 250, TimeUnit.MILLISECONDS);
        awaitAcknowledged(200);

        broker.kill();
        int before = load.acknowledged().size();
        await().during(OUTAGE)
                .atMost(OUTAGE.plusSeconds(5))
                .until(() -> Set.of(204).equals(load.statuses()) && Set.of(200).equals(readiness));
        Set<UUID> acknowledged = Set.copyOf(load.acknowledged());
        await("business table while the broker is away")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Ledger.read(settings).lost(acknowledged).isEmpty());
        broker.start();
        awaitAcknowledged(load.acknowledged().size() + 200);
        load.finish();
        bundle.awaitDeliveries();
        probe.shutdown();
        assertTrue(probe.awaitTermination(1, TimeUnit.MINUTES));
        bundle.close();

        Ledger ledger = Ledger.read(settings);
        Arrivals topic = Arrivals.in(
                broker, "webhooks.coverage-discovery", ledger.events().size());
        Set<UUID> missing = topic.missing(load.acknowledged());
        LOG.info(
                "broker outage: acknowledged {} (during it {}), missing in the topic {}, records {}, of which again {}",
                load.acknowledged().size(),
                acknowledged.size() - before,
                missing.size(),
                topic.count(),
                topic.again());
        assertTrue(acknowledged.size() - before > 100, "too little load to prove anything");
        assertEquals(Set.of(), missing);
        assertTrue(topic.canBeTold(), "an event came under two ids");
        assertEquals(Set.of(), ledger.lost(load.acknowledged()));
        assertTrue(load.tries().stream().allMatch(made -> made.outcome() == Outcome.ACKNOWLEDGED));
        assertEquals(Set.of(200), readiness);
    }

    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofMinutes(1)).until(() -> load.acknowledged().size() >= count);
    }
}
