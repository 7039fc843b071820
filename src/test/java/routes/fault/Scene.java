package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Jvm;
import routes.support.Load;
import routes.support.Load.Outcome;

/** A bundle on an empty database of its own, under load, with a destination of every kind: something happens to it, and it is counted. */
final class Scene implements AutoCloseable {

    private static final int SENDERS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Destinations destinations;
    private final Properties settings;
    private final Deque<AutoCloseable> more = new ArrayDeque<>();
    private BundleProcess bundle;
    private Load load;
    private int launched;

    Scene(Properties database, Destinations destinations) {
        this.destinations = destinations;
        settings = Bundle.settings(database);
        settings.putAll(destinations.settings());
        // Whoever takes over from a killed one must wait until its leases run out: longer than an attempt.
        settings.setProperty("delivery.lease-seconds", "15");
        settings.setProperty("delivery.attempt-seconds", "6");
        settings.setProperty("jdbc.query-timeout-seconds", "4");
    }

    /** Before the first start. */
    void set(String property, String value) {
        settings.setProperty(property, value);
    }

    /** What is closed after everything else. */
    void closing(AutoCloseable last) {
        more.push(last);
    }

    /** The bundle runs under load, and has come to no particular moment. */
    void load(Random random) throws Exception {
        if (bundle == null) {
            start(Jvm.QUICK);
        }
        awaitAcknowledged(random.nextInt(50, 300));
    }

    /** Starts the bundle, for the first time or again. The first time it is awaited, and senders begin to send for good. */
    void start(Jvm jvm) throws Exception {
        bundle = BundleProcess.launch("crash-" + destinations.name() + "-" + launched++, settings, jvm);
        if (load == null) {
            bundle.awaitStart();
            destinations.register(bundle);
            load = new Load(bundle.webhook(), token(), SENDERS);
        }
    }

    /** A new token of the senders. */
    String token() throws Exception {
        return bundle.token("optum");
    }

    /** So many more and no more is a random moment, on a slow machine too. */
    void awaitAcknowledged(int more) {
        int count = load.acknowledged().size() + more;
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> load.acknowledged().size() >= count);
    }

    /** Waits until so many more requests are answered 503. */
    void awaitRejected(int more) {
        long count = rejected() + more;
        await().atMost(PATIENCE).until(() -> rejected() >= count);
    }

    /** Waits until so many more attempts of deliveries of that kind have failed. */
    void awaitFailedAttempts(String kind, int more) throws Exception {
        long count = failedAttempts(kind) + more;
        await().atMost(PATIENCE).until(() -> failedAttempts(kind) >= count);
    }

    private long failedAttempts(String kind) throws Exception {
        return bundle.log().stream()
                .filter(line -> line.contains(" failed event=") && line.contains(" destination=" + kind + "/"))
                .count();
    }

    /** Waits until the bundle tells a load balancer to go elsewhere. */
    void awaitUnready() {
        await("not ready").atMost(PATIENCE).until(() -> bundle.readiness(settings) == 503);
    }

    private long rejected() {
        return load.tries().stream()
                .filter(made -> made.outcome() == Outcome.REJECTED)
                .count();
    }

    /** Kills the bundle after so many acknowledgements. */
    void killAfter(int acknowledgements) throws Exception {
        start(Jvm.QUICK);
        awaitAcknowledged(acknowledgements);
        bundle.kill();
    }

    /** Has the bundle end at that passage of the point. */
    void killAt(CrashPoint point, String kind, int passage) throws Exception {
        start(point.jvm(kind, passage));
        assertEquals(
                CrashPoint.KILLED,
                bundle.exitCode(PATIENCE),
                () -> "not killed " + point + ", see " + destinations.name());
    }

    /** An orderly stop, and a start. */
    void restart() throws Exception {
        bundle.close();
        start(Jvm.QUICK);
    }

    /** Everything is sent that was not acknowledged, some of the acknowledged once more; all is delivered, and counted. */
    Count end() throws Exception {
        if (!bundle.isAlive()) {
            start(Jvm.QUICK);
        }
        bundle.awaitStart();
        load.finish();
        for (UUID task : load.acknowledged().stream().limit(100).toList()) {
            assertEquals(Outcome.ACKNOWLEDGED, load.post(task).outcome());
        }
        bundle.awaitDeliveries(Duration.ofMinutes(10));
        bundle.close();
        return new Count(
                load,
                Ledger.read(settings),
                destinations.inTopic(load.acknowledged().size()),
                destinations.atPartner());
    }

    @Override
    public void close() throws Exception {
        if (load != null) {
            load.close();
        }
        if (bundle != null) {
            bundle.close();
        }
        for (AutoCloseable last : more) {
            last.close();
        }
    }
}
