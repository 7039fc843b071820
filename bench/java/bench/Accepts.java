package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.DurablePostgres;
import routes.support.TestDatabase;

/** How many tasks a second are accepted durably, beside what HTTP, our routes and the database cost by themselves. */
final class Accepts {

    private static final String OURS = "the bundle";

    private final DurablePostgres postgres;
    private final Scale scale;

    Accepts(DurablePostgres postgres, Scale scale) {
        this.postgres = postgres;
        this.scale = scale;
    }

    private List<Contender> contenders() throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(held(OURS, postgres.create("ours"), Map.of()));
        contenders.add(new BundleContender(OURS + ", delivering meanwhile", postgres.create("delivering"), Map.of()));
        contenders.add(held("(a) the same routes without the store", postgres.create("unstored"), Map.of())
                .turn(BenchedBundle.WITHOUT_STORE));
        contenders.add(new InsertLoop("(b) JDBC inserts, one commit each", filled(postgres.create("inserts"))));
        contenders.add(
                held("(c) one commit a request", postgres.create("single"), Map.of("inbox.batch-size", "1")));
        contenders.add(new BareContender());
        contenders.add(held(OURS + " on H2", TestDatabase.H2.create(), Map.of()));
        for (Contender c : List.copyOf(contenders)) if (!c.name().matches(System.getProperty("bench.only", ".*"))) { c.close(); contenders.remove(c); }
        return contenders;
    }

    /** Deliveries wait in the database, as those of (b) do: accepting is all that is measured. */
    private static BundleContender held(String name, Properties database, Map<String, String> settings)
            throws Exception {
        return new BundleContender(name, database, settings).turn(BenchedBundle.HOLD);
    }

    /** With tables and rows of a bundle, which has ended. */
    private static Properties filled(Properties database) throws Exception {
        try (BundleContender bundle = held("filling", database, Map.of())) {
            bundle.measure(1, Duration.ZERO, Duration.ofMillis(200));
        }
        return database;
    }

    /** Measures, and answers with a table. */
    String measure() throws Exception {
        List<Contender> contenders = contenders();
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        System.err.println("ready");
        try {
            for (Contender contender : contenders) {
                contender.measure(scale.connections().get(0), Duration.ZERO, scale.warmUp());
            }
            for (int round = 0; round < scale.rounds(); round++) {
                for (int connections : scale.connections()) {
                    for (Contender contender : contenders) {
                        if (!contender.name().matches(System.getProperty("bench.only", ".*"))) continue;
                        Figures found = contender.measure(connections, Duration.ofSeconds(1), scale.time());
                        System.err.printf("%d %s %s%n", connections, contender.name(), found);
                        figures.computeIfAbsent(contender.name() + "@" + connections, none -> new ArrayList<>())
                                .add(found);
                    }
                    Collections.rotate(contenders, 1); // so that nobody always comes after the same one
                }
            }
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
        return figures.toString();
    }
}
