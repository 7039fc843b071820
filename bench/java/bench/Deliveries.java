package bench;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.DurablePostgres;
import routes.support.KafkaBroker;

/** How many deliveries of each kind are made a second, and how long a task takes to each destination. */
final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final List<String> KINDS = List.of("jdbc", "kafka", "callback");
    private static final int RATE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A tenant each: a partner sees the events of its own. */
    private static final List<String> PARTNERS =
            IntStream.range(0, 16).mapToObj(i -> "partner-" + i).toList();

    private final Scale scale;
    private final Properties database;
    private final KafkaBroker broker = new KafkaBroker().start();
    private final Receiver receiver = new Receiver();
    private final BundleContender bundle;

    private Deliveries(DurablePostgres postgres, Scale scale) throws Exception {
        this.scale = scale;
        database = postgres.create("deliveries");
        bundle = BundleContender.telling(
                receiver, PARTNERS, "deliveries", database, Map.of("kafka.brokers", broker.bootstrap()), scale);
    }

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        try (Deliveries deliveries = new Deliveries(postgres, scale)) {
            return deliveries.backlog() + "\n" + deliveries.endToEnd();
        }
    }

    /** Accepts some thousands with nothing delivered, then delivers one kind after the other. */
    private String backlog() throws Exception {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (int round = 0; round <= scale.rounds(); round++) {
            bundle.turn(BenchedBundle.HOLD).turn(BenchedBundle.EMPTY);
            bundle.load().closed(64, Duration.ZERO, scale.backlog());
            // planned while no route performed them, which the routes would find out about within a minute
            Store.execute(database, "update delivery set route = 'kafka' where destination like 'kafka/%'");
            for (String kind : KINDS) {
                add(found, round, kind, drained(kind));
            }
            add(found, round, "loop", PostLoop.perSecond(receiver, scale.posts()));
        }
        Table table = new Table("deliveries", "a second", "times the bare loop");
        table.row("to the table", median(found.get("jdbc")), "");
        table.row("to Kafka", median(found.get("kafka")), "");
        table.row("to 16 partners", median(found.get("callback")), ratio(found.get("callback"), found.get("loop")));
        table.row("a loop of the JDK's HTTP client, to the same server", median(found.get("loop")), "");
        return table.toString();
    }

    /** The median of what each round says. */
    private static double ratio(List<Double> ours, List<Double> theirs) {
        return Figures.median(IntStream.range(0, ours.size())
                .mapToDouble(i -> ours.get(i) / theirs.get(i))
                .toArray());
    }

    /** The first round only warms up. */
    private static void add(Map<String, List<Double>> found, int round, String name, double perSecond) {
        LOG.info("round {}, {}: {} a second", round, name, perSecond);
        if (round > 0) {
            found.computeIfAbsent(name, none -> new ArrayList<>()).add(perSecond);
        }
    }

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(value -> value).toArray());
    }

    private double drained(String kind) throws Exception {
        String pending = "select count(*) from delivery where state = 'pending' and destination like '" + kind + "/%'";
        long count = Store.number(database, pending);
        long start = System.nanoTime();
        bundle.turn(BenchedBundle.RELEASE + kind);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> Store.number(database, pending) == 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        Store.checkDelivered(database);
        return count / seconds;
    }

    /** At a steady rate: how long after it was sent a task is answered, and is in each place. */
    private String endToEnd() throws Exception {
        Map<UUID, Long> sent = new ConcurrentHashMap<>();
        bundle.turn(BenchedBundle.EMPTY);
        // nanoTime is what all of this process goes by; the database's clock is the wall's
        long wallMinusNano = wallNanos() - System.nanoTime();
        try (TopicReader topic = new TopicReader(broker.bootstrap(), "webhooks.coverage-discovery")) {
            Figures accepted = bundle.load().paced(RATE, scale.warmUp(), scale.paced(), sent::put);
            await().atMost(PATIENCE)
                    .until(() -> receiver.arrivals().keySet().containsAll(sent.keySet())
                            && topic.arrivals().keySet().containsAll(sent.keySet())
                            && Store.number(database, "select count(*) from delivery where state = 'pending'") == 0);
            Table table = new Table(RATE + " tasks a second", "p50 ms", "p99 ms");
            table.row("answered 204", accepted.p50(), accepted.p99());
            row(table, "visible in the business table", sent, committed(wallMinusNano));
            row(table, "at a Kafka consumer", sent, topic.arrivals());
            row(table, "at the partner", sent, receiver.arrivals());
            return table.toString();
        }
    }

    private static void row(Table table, String place, Map<UUID, Long> sent, Map<UUID, Long> arrivals) {
        Histogram nanos = new Histogram(3);
        sent.forEach((task, at) -> nanos.recordValue(Math.max(0, arrivals.get(task) - at)));
        Figures figures = Figures.of(nanos, 1, 0);
        table.row(place, figures.p50(), figures.p99());
    }

    /** When the row of each task could be seen, by what PostgreSQL notes of each transaction. */
    private Map<UUID, Long> committed(long wallMinusNano) throws SQLException {
        Map<UUID, Long> committed = new HashMap<>();
        try (Connection connection = Store.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select task_id, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint"
                                + " from coverage_discovery_task")) {
            while (row.next()) {
                committed.put(UUID.fromString(row.getString(1)), row.getLong(2) * 1000 - wallMinusNano);
            }
        }
        return committed;
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public void close() throws Exception {
        bundle.close();
        receiver.close();
        broker.close();
    }
}
