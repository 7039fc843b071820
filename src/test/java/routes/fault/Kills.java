package routes.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills of the bundle under load. */
final class Kills {

    private static final Logger LOG = LoggerFactory.getLogger(Kills.class);
    private static final List<String> KINDS = List.of("jdbc", "kafka", "callback");

    private Kills() {}

    /** A quarter of them at random moments, the others in equal parts at the points. */
    static List<Fault> all(int kills) {
        List<Fault> faults = new ArrayList<>();
        int atRandom = kills / 4;
        faults.add(Fault.onBoth("kill at a random moment", atRandom, Kills::atRandom));
        CrashPoint[] points = CrashPoint.values();
        for (CrashPoint point : points) {
            faults.add(Fault.onBoth(
                    "kill " + point, (kills - atRandom) / points.length, (scene, random) -> at(point, scene, random)));
        }
        return faults;
    }

    private static void atRandom(Scene scene, Random random) throws Exception {
        int acknowledgements = random.nextInt(50, 300);
        LOG.info("kill after {} acknowledgements", acknowledgements);
        scene.killAfter(acknowledgements);
    }

    /** A commit serves up to as many senders as there are; a delivery comes past a point of its own kind only. */
    private static void at(CrashPoint point, Scene scene, Random random) throws Exception {
        int passage =
                switch (point) {
                    case BEFORE_COMMIT, AFTER_COMMIT -> random.nextInt(3, 20);
                    case BEFORE_ANSWER -> random.nextInt(50, 300);
                    case BEFORE_SEND, BEFORE_RESULT -> random.nextInt(10, 150);
                };
        String kind = point.isOfDelivery() ? KINDS.get(random.nextInt(KINDS.size())) : "";
        LOG.info("kill {} {} at passage {}", point, kind, passage);
        scene.killAt(point, kind, passage);
    }
}
