package routes.fault;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.TestDatabase;

/** The promise of an acknowledgement, held against one kill at each point of a notification's way; many more are in {@link CrashTableIT}. */
class CrashPointsIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashPointsIT.class);

    @AutoClose
    private KafkaBroker broker;

    @AutoClose
    private Partner partner;

    @AutoClose
    private Scene scene;

    @Test
    void whatWasAcknowledgedIsStoredOnceAndDeliveredWhereverTheBundleWasKilled() throws Exception {
        broker = new KafkaBroker().start();
        partner = new Partner();
        scene = new Scene(TestDatabase.H2.create(), new Destinations("points", broker, partner));
        scene.set("delivery.lease-seconds", "7"); // the shortest for attempts of 6 s: it is waited for
        scene.killAt(CrashPoint.BEFORE_COMMIT, "", 3);
        scene.killAt(CrashPoint.AFTER_COMMIT, "", 3);
        scene.killAt(CrashPoint.BEFORE_ANSWER, "", 20);
        scene.killAt(CrashPoint.BEFORE_SEND, "kafka", 10);
        scene.killAt(CrashPoint.BEFORE_RESULT, "callback", 10);
        Count count = scene.end();
        LOG.info("\n{}{}", Count.HEAD, count.line("a kill at each point", TestDatabase.H2, 5));
        count.check();
    }
}
