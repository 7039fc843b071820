package bench;

import java.util.Map;
import java.util.Properties;
import routes.support.BundleProcess;
import routes.support.DurablePostgres;
import routes.support.TestDatabase;

/** How long it takes from the start of the process to the first answer. */
final class Start {

    private Start() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        Table table = new Table("database", "the first start, with migrations, s", "later ones, s");
        for (Map.Entry<String, Properties> database : Map.of(
                        "PostgreSQL", postgres.create("start"), "H2", TestDatabase.H2.create())
                .entrySet()) {
            double first = seconds(database.getValue(), scale);
            double[] later = new double[scale.rounds()];
            for (int i = 0; i < later.length; i++) {
                later[i] = seconds(database.getValue(), scale);
            }
            table.row(database.getKey(), first, Figures.median(later));
        }
        return table.toString();
    }

    private static double seconds(Properties database, Scale scale) throws Exception {
        long start = System.nanoTime();
        try (BundleProcess bundle = BundleProcess.start(
                "bench-start", BundleContender.settings(database, Map.of()), scale.jvm(BundleContender.HEAP))) {
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
