package bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.DurablePostgres;

/** Whether it stays as fast when much is stored, and when many callbacks are registered. */
final class Growth {

    private static final int CONNECTIONS = 64;

    private Growth() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        return measure("events stored", scale.stored(), scale, count -> {
                    Properties database = postgres.create("events_" + count);
                    BundleContender bundle = BundleContender.accepting(count + " events", database, Map.of(), scale);
                    Filling.events(database, count);
                    return new Filled(bundle, database);
                })
                + "\n"
                + measure("callbacks registered", scale.callbacks(), scale, count -> {
                    Properties database = postgres.create("callbacks_" + count);
                    BundleContender bundle = BundleContender.accepting(count + " callbacks", database, Map.of(), scale);
                    Filling.callbacks(database, count);
                    return bundle; // which empties the other tables only
                });
    }

    private interface Start {
        Contender with(int count) throws Exception;
    }

    private static String measure(String what, List<Integer> counts, Scale scale, Start start) throws Exception {
        try (Contenders contenders = new Contenders()) {
            for (int count : counts) {
                contenders.add(start.with(count));
            }
            Rounds rounds = Rounds.of(contenders.all(), List.of(CONNECTIONS), scale);
            String least = contenders.all().get(0).name();
            Table table = new Table(what, "accepted a second", "p99 ms", "times that of the least");
            for (Contender contender : contenders.all()) {
                Figures figures = rounds.median(contender.name(), CONNECTIONS);
                table.row(
                        contender.name(),
                        figures.perSecond(),
                        figures.p99(),
                        rounds.ratio(contender.name(), least, CONNECTIONS));
            }
            return table.toString();
        }
    }

    /** One that keeps what it had before it was measured. */
    private record Filled(BundleContender bundle, Properties database) implements Contender {

        @Override
        public String name() {
            return bundle.name();
        }

        @Override
        public Figures measure(int connections, Duration warmUp, Duration time) throws Exception {
            Filling.removeLater(database);
            return bundle.load().closed(connections, warmUp, time);
        }

        @Override
        public void close() throws Exception {
            bundle.close();
        }
    }
}
