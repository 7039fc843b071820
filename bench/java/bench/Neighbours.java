package bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import routes.support.DurablePostgres;

/** Twenty partners at a steady rate: how long after it was sent a task is at nineteen of them, while the twentieth hangs or does not. */
final class Neighbours implements AutoCloseable {

    private static final int RATE = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> PARTNERS =
            IntStream.range(0, 20).mapToObj(i -> "partner-" + i).toList();
    private static final String HANGS = PARTNERS.get(0);

    private final Scale scale;
    private final Receiver receiver = new Receiver();
    private final BundleContender bundle;

    private Neighbours(DurablePostgres postgres, Scale scale) throws Exception {
        this.scale = scale;
        Properties database = postgres.create("neighbours");
        bundle = BundleContender.telling(receiver, PARTNERS, "neighbours", database, Map.of(), scale);
    }

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        try (Neighbours neighbours = new Neighbours(postgres, scale)) {
            return neighbours.measure();
        }
    }

    private String measure() throws Exception {
        List<Figures> well = new ArrayList<>();
        List<Figures> hanging = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            boolean wellFirst = round % 2 == 0;
            (wellFirst ? well : hanging).add(round(!wellFirst));
            (wellFirst ? hanging : well).add(round(wellFirst));
        }
        double[] ratios = IntStream.range(0, scale.rounds())
                .mapToDouble(i -> hanging.get(i).p99() / well.get(i).p99())
                .toArray();
        Table table =
                new Table("at nineteen partners, " + RATE + " tasks a second", "p50 ms", "p99 ms", "p99, times that");
        row(table, "the twentieth is well", well, "");
        row(table, "the twentieth hangs", hanging, Figures.median(ratios));
        return table.toString();
    }

    private static void row(Table table, String name, List<Figures> rounds, Object ratio) {
        Figures figures = Figures.median(rounds);
        table.row(name, figures.p50(), figures.p99(), ratio);
    }

    private Figures round(boolean hangs) throws Exception {
        bundle.turn(BenchedBundle.EMPTY);
        Map<UUID, Long> sent = new ConcurrentHashMap<>();
        bundle.load().paced(RATE, scale.warmUp(), scale.paced(), (task, at) -> {
            if (hangs) { // from the first that counts: nobody knows of it yet
                receiver.hang(HANGS);
            }
            if (HttpLoad.choice(task, PARTNERS.size()) > 0) {
                sent.put(task, at);
            }
        });
        await().atMost(PATIENCE).until(() -> receiver.arrivals().keySet().containsAll(sent.keySet()));
        receiver.release();
        Histogram nanos = new Histogram(3);
        sent.forEach(
                (task, at) -> nanos.recordValue(Math.max(0, receiver.arrivals().get(task) - at)));
        return Figures.of(nanos, 1, 0);
    }

    @Override
    public void close() throws Exception {
        bundle.close();
        receiver.close();
    }
}
