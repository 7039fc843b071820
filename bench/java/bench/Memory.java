package bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import routes.support.Bundle;
import routes.support.DurablePostgres;
import routes.support.Jvm;

/** Whether a small heap is enough while all connections are busy and a long backlog is being delivered. */
final class Memory {

    private static final Pattern COLLECTED = Pattern.compile("Pause (Young|Full).* \\d+M->(\\d+)M");

    private Memory() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        Properties database = postgres.create("memory");
        Path log = Files.createTempFile("webhook-routes-gc", ".log");
        Jvm jvm = scale.jvm("256m").with("-Xlog:gc:file=" + log);
        int connections = scale.connections().get(scale.connections().size() - 1);
        try (BundleContender bundle = BundleContender.start(
                "memory", BundleContender.settings(database, Map.of()), jvm, List.of(Bundle.TENANT))) {
            bundle.turn(BenchedBundle.HOLD);
            Filling.undelivered(database, scale.undelivered());
            bundle.turn(BenchedBundle.RELEASE + "jdbc");
            Figures figures = bundle.load().closed(connections, Duration.ZERO, scale.paced());
            long left = pending(database);
            long start = System.nanoTime();
            await().atMost(Duration.ofMinutes(10)).until(() -> pending(database) == 0);
            Store.checkDelivered(database);
            Duration drained = Duration.ofNanos(System.nanoTime() - start);
            return new Table("-Xmx256m, " + connections + " connections, a backlog of " + scale.undelivered(), "")
                    .row("accepted a second", figures.perSecond())
                    .row("p99 ms", figures.p99())
                    .row("failed", figures.failed())
                    .row("undelivered after " + scale.paced().toSeconds() + " s of this", left)
                    .row("delivered after another, s", drained.toSeconds())
                    .row("the most that was left in the heap after a collection, MB", heap(log))
                    .row("full collections", fullCollections(log))
                    .row("the most memory of the process, MB", resident(bundle.pid(), "VmHWM"))
                    .toString();
        }
    }

    private static long pending(Properties database) throws Exception {
        return Store.number(database, "select count(*) from delivery where state = 'pending'");
    }

    private static long heap(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(COLLECTED::matcher)
                    .filter(Matcher::find)
                    .mapToLong(found -> Long.parseLong(found.group(2)))
                    .max()
                    .orElse(0);
        }
    }

    private static long fullCollections(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(COLLECTED::matcher)
                    .filter(found -> found.find() && found.group(1).equals("Full"))
                    .count();
        }
    }

    /**
     * Of a process, in megabytes.
     *
     * @param which {@code VmHWM}: the most it has had; {@code VmRSS}: what it has
     */
    static double resident(long pid, String which) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(which + ":"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        }
    }
}
