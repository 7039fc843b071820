package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void theSamePartsGiveTheSameIdForEver() {
        // written down once: an id that changes makes every retry a new event
        assertEquals(
                UUID.fromString("a039d46e-5092-8402-93ae-a448e8b9a0f3"),
                EventId.of("coverage-discovery", List.of("t", "1", "success", "")));
    }

    @Test
    void otherPartsGiveAnotherId() {
        List<UUID> ids = Stream.of(
                        List.of("a", "b", "c"),
                        List.of("ab", "", "c"),
                        List.of("a", "bc", ""),
                        List.of("a", "b"),
                        List.of("a", "b", "c", ""),
                        List.of("a,b", "c"))
                .map(parts -> EventId.of("sender", parts))
                .toList();
        assertEquals(ids.size(), ids.stream().distinct().count());
        assertEquals(EventId.of("sender", List.of("")), EventId.of("sender", Arrays.asList((String) null)));
    }
}
