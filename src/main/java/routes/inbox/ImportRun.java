package routes.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far an import is, and what has become of its items. They come one after another, in one thread. */
final class ImportRun {

    /** Whoever asked waits for the answer, and so may what is between us: then it is better to post the rest again. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private static final List<String> OUTCOMES = List.of("accepted", "duplicate", "parked", "quarantined", "conflict");

    private final int items;
    private final long deadline;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();

    ImportRun(int items) {
        this(items, AT_MOST);
    }

    ImportRun(int items, Duration atMost) {
        this.items = items;
        this.deadline = System.nanoTime() + atMost.toNanos();
        OUTCOMES.forEach(outcome -> counts.put(outcome, 0));
    }

    /** Not when it has taken long enough; but the first item always is taken. */
    boolean goesOn() {
        return events.isEmpty() || System.nanoTime() - deadline < 0;
    }

    /** What the database refused as it was is kept as quarantined too. */
    void count(String outcome, String eventId) {
        counts.merge(OUTCOMES.contains(outcome) ? outcome : "quarantined", 1, Integer::sum);
        events.add(eventId);
    }

    /** {@code {"counts": {"accepted": 2, ...}, "remaining": 0, "events": ["<event id>", ...]}}, an id an item. */
    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("counts", counts);
        report.put("remaining", items - events.size());
        report.put("events", events);
        return report;
    }
}
