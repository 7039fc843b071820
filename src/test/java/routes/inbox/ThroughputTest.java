package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.inbox.Throughput.Minute;

/** What the picture of the last hour is made of, also when there was more than is counted. */
class ThroughputTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:15:30Z");

    private static Minute minute(int ago, long events) {
        return new Minute(NOW.minus(ago, ChronoUnit.MINUTES), NOW, events);
    }

    @Test
    void eachMinuteOfTheLastHourHasItsEvents() {
        Map<String, Object> view = Throughput.view(List.of(minute(0, 3), minute(59, 5), minute(60, 7)), 100);
        List<?> minutes = (List<?>) view.get("minutes");
        assertEquals(60, minutes.size());
        assertEquals(Map.of("at", "2026-03-02T09:16:00Z", "events", 5L), minutes.get(0));
        assertEquals(Map.of("at", "2026-03-02T10:15:00Z", "events", 3L), minutes.get(59));
        assertEquals(8L, view.get("counted"), "what came before is not of this hour");
        assertEquals(5L, view.get("most"));
        assertFalse(view.containsKey("since"));
    }

    @Test
    void whereNotAllAreCountedItSaysSinceWhen() {
        assertEquals(
                "2026-03-02T10:05:30Z",
                Throughput.view(List.of(minute(0, 60), minute(10, 40)), 100).get("since"));
        assertFalse(
                Throughput.view(List.of(minute(0, 60), minute(70, 40)), 100).containsKey("since"),
                "but of the hour all are");
    }

    @Test
    void nothingIsNothing() {
        assertEquals(0L, Throughput.view(List.of(), 100).get("most"));
    }
}
