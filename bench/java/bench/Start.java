package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.BundleProcess;
import routes.support.DurablePostgres;
import routes.support.TestDatabase;

/** How long it takes from the start of the process to the first answer, and how much memory it has by then. */
final class Start {

    private Start() {}

    /**
     * @param seconds to the first answer
     * @param megabytes that the process then has
     */
    private record Started(double seconds, double megabytes) {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        Table table = new Table(
                "database", "the first start, with migrations, s", "later ones, s", "memory of the idle process, MB");
        for (Map.Entry<String, Properties> database : Map.of(
                        "PostgreSQL", postgres.create("start"), "H2", TestDatabase.H2.create())
                .entrySet()) {
            double first = start(database.getValue(), scale).seconds;
            List<Started> later = new ArrayList<>();
            for (int i = 0; i < scale.rounds(); i++) {
                later.add(start(database.getValue(), scale));
            }
            table.row(
                    database.getKey(),
                    first,
                    Figures.median(later.stream().mapToDouble(Started::seconds).toArray()),
                    Figures.median(
                            later.stream().mapToDouble(Started::megabytes).toArray()));
        }
        return table.toString();
    }

    private static Started start(Properties database, Scale scale) throws Exception {
        long start = System.nanoTime();
        try (BundleProcess bundle = BundleProcess.start(
                "bench-start", BundleContender.settings(database, Map.of()), scale.jvm(BundleContender.HEAP))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Started(seconds, Memory.resident(bundle.pid(), "VmRSS"));
        }
    }
}
