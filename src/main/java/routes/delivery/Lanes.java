package routes.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** How many deliveries of each lane are in memory, against the limit that all of a lane share: nobody takes the places of others. */
final class Lanes {

    private final int limit;
    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    /** Lanes of which more may be waiting in the database than there was room for. */
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    /** @param limit for each lane; {@link Integer#MAX_VALUE}: none */
    Lanes(int limit) {
        this.limit = limit;
    }

    boolean isFull(String lane) {
        return held.getOrDefault(lane, 0) >= limit;
    }

    void take(String lane) {
        held.merge(lane, 1, Integer::sum);
    }

    /** Answers whether more of the lane may be waiting. */
    boolean free(String lane) {
        held.computeIfPresent(lane, (key, count) -> count == 1 ? null : count - 1);
        return cutOff.remove(lane);
    }

    /** After all of a choice was taken: answers whether a lane that was full has room again by now. */
    boolean remember(Choice choice) {
        List<String> full = choice.full();
        cutOff.addAll(full);
        return full.stream()
                        .filter(lane -> !isFull(lane) && cutOff.remove(lane))
                        .count()
                > 0;
    }

    /** Chooses so many due deliveries at the most, and none that is kept back. */
    Choice choose(int most, Holds holds) {
        return new Choice(most, holds);
    }

    /** Due deliveries, offered in their order, of which no lane gets more than it has room for. */
    final class Choice {

        private final Map<String, Integer> taken = new HashMap<>(held);
        private final Set<UUID> ids = new LinkedHashSet<>();
        private final Set<String> probed = new HashSet<>();
        private final int most;
        private final Holds holds;

        private Choice(int most, Holds holds) {
            this.most = most;
            this.holds = holds;
        }

        void offer(UUID deliveryId, String lane) {
            boolean room = ids.size() < most && taken.getOrDefault(lane, 0) < limit && !probed.contains(lane);
            if (room && ids.add(deliveryId)) {
                taken.merge(lane, 1, Integer::sum);
                if (holds.probes().contains(lane)) {
                    probed.add(lane);
                }
            }
        }

        /** Whether the one delivery of this lane finds out how the partner is. */
        boolean isProbe(String lane) {
            return probed.contains(lane);
        }

        /** Destinations of which none is wanted. */
        Set<String> paused() {
            return holds.paused();
        }

        /** Lanes that are passed over, because they are full, or kept back, or have their probe. */
        Set<String> passedOver() {
            Set<String> lanes = new HashSet<>(full());
            lanes.addAll(holds.lanes());
            lanes.addAll(probed);
            return lanes;
        }

        /** Lanes of which no more is wanted. */
        List<String> full() {
            return taken.entrySet().stream()
                    .filter(lane -> lane.getValue() >= limit)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        boolean isComplete() {
            return ids.size() == most;
        }

        /** How many rows to look at in one go: where lanes have limits, most rows may be of the same one. */
        int window() {
            return limit == Integer.MAX_VALUE ? most : 4 * most;
        }

        Set<UUID> ids() {
            return ids;
        }
    }
}
