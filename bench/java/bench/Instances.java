package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import routes.support.DurablePostgres;

/** One instance beside two that share a database and the senders. */
final class Instances {

    private static final int MOST = 2;

    private Instances() {}

    /** Instances on one database, each of which gets its part of the connections. */
    private record Shared(String name, List<BundleContender> bundles) implements Contender {

        static Shared start(String name, int instances, boolean deliver, Properties database, Scale scale)
                throws Exception {
            List<BundleContender> bundles = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                String bundle = name + " " + i;
                bundles.add(
                        deliver
                                ? BundleContender.delivering(bundle, database, Map.of(), scale)
                                : BundleContender.accepting(bundle, database, Map.of(), scale));
            }
            return new Shared(name, bundles);
        }

        @Override
        public Figures measure(int connections, Duration warmUp, Duration time) throws Exception {
            bundles.get(0).turn(BenchedBundle.EMPTY);
            List<Figures> found = bundles.stream()
                    .map(bundle -> CompletableFuture.supplyAsync(
                            () -> bundle.load().closed(connections / bundles.size(), warmUp, time)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            bundles.get(0).turn(BenchedBundle.EMPTY);
            return new Figures(
                    found.stream().mapToDouble(Figures::perSecond).sum(),
                    found.stream().mapToDouble(Figures::p50).max().orElse(0),
                    found.stream().mapToDouble(Figures::p99).max().orElse(0),
                    found.stream().mapToLong(Figures::failed).sum());
        }

        @Override
        public void close() throws Exception {
            for (BundleContender bundle : bundles) {
                bundle.close();
            }
        }
    }

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        try (Contenders contenders = new Contenders()) {
            for (boolean deliver : new boolean[] {false, true}) {
                for (int instances = 1; instances <= MOST; instances++) {
                    contenders.add(Shared.start(
                            name(instances, deliver),
                            instances,
                            deliver,
                            postgres.create("shared" + contenders.all().size()),
                            scale));
                }
            }
            return table(Rounds.of(contenders.all(), scale.connections(), scale), scale);
        }
    }

    private static String name(int instances, boolean deliver) {
        return instances
                + (instances == 1 ? " instance, " : " instances, ")
                + (deliver ? "delivering meanwhile" : "accepting only");
    }

    private static String table(Rounds rounds, Scale scale) {
        Table table = new Table("connections", "accepted a second", "p99 ms", "times one instance", "failed");
        for (int connections : scale.connections()) {
            for (boolean deliver : new boolean[] {false, true}) {
                for (int instances = 1; instances <= MOST; instances++) {
                    Figures figures = rounds.median(name(instances, deliver), connections);
                    table.row(
                            connections + ": " + name(instances, deliver),
                            figures.perSecond(),
                            figures.p99(),
                            rounds.ratio(name(instances, deliver), name(1, deliver), connections),
                            figures.failed());
                }
            }
        }
        return table.toString();
    }
}
