package routes.fault;

import java.util.List;
import java.util.Random;
import java.util.Set;
import routes.support.DurablePostgres;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.TestDatabase;

/**
 * What can happen around a bundle that goes on running.
 *
 * @param times how often each happens
 */
record Outages(KafkaBroker broker, Partner partner, DurablePostgres postgres, int times) {

    /** So many attempts have failed before it comes back. */
    private static final int FELT = 16;

    List<Fault> all() {
        return List.of(
                new Fault("database killed, and started again", Set.of(TestDatabase.POSTGRESQL), times, this::database),
                Fault.onBoth("Kafka killed, and started again", times, this::kafka),
                Fault.onBoth("partner away, and back", times, this::partner),
                new Fault("disk full, and free again", Set.of(TestDatabase.H2), times, new FullDisk()),
                Fault.onBoth("clock 3 h back, 6 h on, 3 h back, 6 h on", times, new ClockJumps(partner)));
    }

    private void database(Scene scene, Random random) throws Exception {
        scene.load(random);
        postgres.kill();
        scene.awaitRejected(16);
        postgres.start();
        scene.awaitAcknowledged(100);
    }

    private void kafka(Scene scene, Random random) throws Exception {
        scene.load(random);
        broker.kill();
        scene.awaitFailedAttempts("kafka", FELT);
        broker.start();
    }

    private void partner(Scene scene, Random random) throws Exception {
        scene.load(random);
        partner.away();
        scene.awaitFailedAttempts("callback", FELT);
        partner.back();
    }
}
