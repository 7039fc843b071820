package bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.DurablePostgres;
import routes.support.TestDatabase;

/** How many tasks a second are accepted durably, beside what HTTP, our routes and the database cost by themselves. */
final class Accepts {

    private static final String OURS = "the bundle, accepting only";
    private static final String DELIVERING = "the bundle, delivering meanwhile";
    private static final String CLEAR = "the bundle, payloads in clear";
    private static final String UNSTORED = "(a) the same routes without the store";
    private static final String INSERTS = "(b) JDBC inserts, one commit each";
    private static final String SINGLE = "(c) the bundle, one commit a request";
    private static final String BARE = "(d) a bare Vert.x handler";
    private static final String H2 = "the bundle on H2, accepting only";

    private Accepts() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        try (Contenders contenders = new Contenders()) {
            contenders.add(BundleContender.accepting(OURS, postgres.create("ours"), Map.of(), scale));
            contenders.add(BundleContender.delivering(DELIVERING, postgres.create("delivering"), Map.of(), scale));
            contenders.add(BundleContender.accepting(
                    CLEAR, postgres.create("clear"), Map.of("sealing.payloads", "false"), scale));
            contenders.add(BundleContender.accepting(UNSTORED, postgres.create("unstored"), Map.of(), scale)
                    .turn(BenchedBundle.WITHOUT_STORE));
            contenders.add(new InsertLoop(INSERTS, filled(postgres.create("inserts"), scale)));
            contenders.add(BundleContender.accepting(
                    SINGLE, postgres.create("single"), Map.of("inbox.batch-size", "1"), scale));
            contenders.add(new BareContender(BARE));
            contenders.add(BundleContender.accepting(H2, TestDatabase.H2.create(), Map.of(), scale));
            return table(Rounds.of(contenders.all(), scale.connections(), scale), contenders.all(), scale);
        }
    }

    /** With tables and rows of a bundle, which has ended. */
    private static Properties filled(Properties database, Scale scale) throws Exception {
        try (BundleContender bundle = BundleContender.accepting("filling", database, Map.of(), scale)) {
            bundle.load().closed(1, Duration.ZERO, Duration.ofMillis(500));
        }
        return database;
    }

    private static String table(Rounds rounds, List<Contender> contenders, Scale scale) {
        Table table = new Table(
                "connections", "accepted a second", "p50 ms", "p99 ms", "accepting only, times this", "failed");
        for (int connections : scale.connections()) {
            for (Contender contender : contenders) {
                Figures figures = rounds.median(contender.name(), connections);
                table.row(
                        connections + ": " + contender.name(),
                        figures.perSecond(),
                        figures.p50(),
                        figures.p99(),
                        rounds.ratio(OURS, contender.name(), connections),
                        figures.failed());
            }
        }
        return table.toString();
    }
}
