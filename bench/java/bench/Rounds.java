package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contenders in turns: what the machine does beside them disturbs all alike. */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LEAD = Duration.ofSeconds(1);

    private record Key(String name, int connections) {}

    private final Map<Key, List<Figures>> found = new LinkedHashMap<>();

    /** Measures each with each number of connections, some rounds long. */
    static Rounds of(List<Contender> contenders, List<Integer> connections, Scale scale) throws Exception {
        Rounds rounds = new Rounds();
        List<Contender> turns = new ArrayList<>(contenders);
        Random random = new Random(1); // the same turns in every run
        for (Contender contender : turns) {
            contender.measure(connections.get(connections.size() - 1), Duration.ZERO, scale.warmUp());
        }
        for (int round = 0; round < scale.rounds(); round++) {
            for (int count : connections) {
                for (Contender contender : turns) {
                    Figures figures = contender.measure(count, LEAD, scale.time());
                    LOG.info("{} connections, {}: {}", count, contender.name(), figures);
                    rounds.found
                            .computeIfAbsent(new Key(contender.name(), count), none -> new ArrayList<>())
                            .add(figures);
                }
                Collections.shuffle(turns, random); // so that nobody always comes after the same one
            }
        }
        return rounds;
    }

    Figures median(String name, int connections) {
        return Figures.median(found.get(new Key(name, connections)));
    }

    /** How many times the rate of the other: the median of what each round says. */
    double ratio(String name, String other, int connections) {
        List<Figures> ours = found.get(new Key(name, connections));
        List<Figures> theirs = found.get(new Key(other, connections));
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        return Figures.median(ratios);
    }
}
