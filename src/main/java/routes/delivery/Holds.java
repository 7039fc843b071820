package routes.delivery;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What is kept back: it stays in the database until the hold is over.
 *
 * @param open lanes with an open circuit, of which nothing is claimed
 * @param probes lanes whose pause is over, of which one delivery may be tried
 * @param paused destinations that somebody has paused
 */
record Holds(Set<String> open, Set<String> probes, Set<String> paused) {

    static final Holds NONE = new Holds(Set.of(), Set.of(), Set.of());

    /** Whether what goes there waits; a lane that is to be probed waits too, but for the probe. */
    boolean keepBack(String lane, String destination) {
        return open.contains(lane) || probes.contains(lane) || paused.contains(destination);
    }

    /** Lanes of which nothing is wanted: also those of destinations that are paused and have a lane of their own. */
    Collection<String> lanes() {
        Set<String> lanes = new HashSet<>(open);
        lanes.addAll(paused);
        return lanes;
    }
}
