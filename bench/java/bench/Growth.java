package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.DurablePostgres;

/** Whether it stays as fast when much is stored, and when many callbacks are registered. */
final class Growth {

    private static final int CONNECTIONS = 64;

    private Growth() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        return measure(postgres, scale, "events stored", scale.stored(), Filling::events) + "\n"
                + measure(postgres, scale, "callbacks registered", scale.callbacks(), Filling::callbacks);
    }

    private interface Fill {
        void fill(Properties database, int count) throws Exception;
    }

    private static String measure(DurablePostgres postgres, Scale scale, String what, List<Integer> counts, Fill fill)
            throws Exception {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (int count : counts) {
                Properties database = postgres.create(what.replace(' ', '_') + "_" + count);
                BundleContender bundle = BundleContender.accepting(count + " " + what, database, Map.of(), scale);
                fill.fill(database, count);
                contenders.add(new Filled(bundle));
            }
            Rounds rounds = Rounds.of(contenders, List.of(CONNECTIONS), scale);
            String least = contenders.get(0).name();
            Table table = new Table(what, "accepted a second", "p99 ms", "times that of the least");
            for (Contender contender : contenders) {
                Figures figures = rounds.median(contender.name(), CONNECTIONS);
                table.row(
                        contender.name(),
                        figures.perSecond(),
                        figures.p99(),
                        rounds.ratio(contender.name(), least, CONNECTIONS));
            }
            return table.toString();
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    /** One that keeps what it has. */
    private record Filled(BundleContender bundle) implements Contender {

        @Override
        public String name() {
            return bundle.name();
        }

        @Override
        public Figures measure(int connections, Duration warmUp, Duration time) {
            return bundle.load().closed(connections, warmUp, time);
        }

        @Override
        public void close() throws Exception {
            bundle.close();
        }
    }
}
