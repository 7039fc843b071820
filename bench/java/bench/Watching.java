package bench;

import java.util.List;
import java.util.Map;
import routes.support.DurablePostgres;
import routes.support.TraceSink;

/** What it costs to be watched: accepts with metrics, as by default, without, and with traces as well. */
final class Watching {

    private static final String METRICS = "metrics, as by default";
    private static final String NOTHING = "neither metrics nor traces";
    private static final String SAMPLED = "metrics, and a trace of one in ten";
    private static final String TRACED = "metrics, and a trace of each";

    private Watching() {}

    static String measure(DurablePostgres postgres, Scale scale) throws Exception {
        try (TraceSink sink = new TraceSink();
                Contenders contenders = new Contenders()) {
            contenders.add(BundleContender.accepting(METRICS, postgres.create("metrics"), Map.of(), scale));
            contenders.add(BundleContender.accepting(
                    NOTHING, postgres.create("nothing"), Map.of("metrics.enabled", "false"), scale));
            contenders.add(BundleContender.accepting(SAMPLED, postgres.create("sampled"), sink.settings("0.1"), scale));
            contenders.add(BundleContender.accepting(TRACED, postgres.create("traced"), sink.settings("1"), scale));
            return table(Rounds.of(contenders.all(), scale.connections(), scale), contenders.all(), scale);
        }
    }

    private static String table(Rounds rounds, List<Contender> contenders, Scale scale) {
        Table table = new Table("connections", "accepted a second", "p99 ms", "times the default", "failed");
        for (int connections : scale.connections()) {
            for (Contender contender : contenders) {
                Figures figures = rounds.median(contender.name(), connections);
                table.row(
                        connections + ": " + contender.name(),
                        figures.perSecond(),
                        figures.p99(),
                        rounds.ratio(contender.name(), METRICS, connections),
                        figures.failed());
            }
        }
        return table.toString();
    }
}
