package bench;

import java.time.Duration;
import java.util.List;
import routes.support.Jvm;

/**
 * How much is measured.
 *
 * @param java options of the bundles' JVM
 * @param connections of senders
 * @param rounds of everything
 * @param warmUp of everybody, before the first round
 * @param time of each measurement
 * @param backlog how long a backlog is made
 * @param posts of the bare loop
 * @param paced how long there is a steady rate
 * @param stored numbers of events that are stored already
 * @param callbacks numbers of callbacks that are registered already
 * @param undelivered how many deliveries wait while memory is measured
 */
record Scale(
        List<String> java,
        List<Integer> connections,
        int rounds,
        Duration warmUp,
        Duration time,
        Duration backlog,
        int posts,
        Duration paced,
        List<Integer> stored,
        List<Integer> callbacks,
        int undelivered) {

    static final Scale FULL = new Scale(
            List.of(),
            List.of(16, 64, 256),
            3,
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            10_000,
            Duration.ofSeconds(30),
            List.of(1_000, 100_000, 1_000_000),
            List.of(10, 1_000, 100_000),
            100_000);

    /** Just enough to see that all of it works. */
    static final Scale SMOKE = new Scale(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), // for a faster start
            List.of(4),
            1,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            50,
            Duration.ofSeconds(1),
            List.of(10),
            List.of(10),
            100);

    /** A JVM as in production, with so much heap. */
    Jvm jvm(String heap) {
        return Jvm.of("-Xmx" + heap).with(java.toArray(String[]::new)).main(BenchedBundle.class);
    }
}
