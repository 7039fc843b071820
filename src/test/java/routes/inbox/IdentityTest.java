package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
    private static final byte[] HASH = {1, 2, 3};

    private static Identity identity(String names, String notificationId, Instant now) {
        Map<String, String> variables = new HashMap<>();
        variables.put("notificationId", notificationId);
        variables.put("tenant", "tenant-1");
        return Identity.of("sender", names, variables::get, HASH, HOUR, now);
    }

    private static Identity bytes(Instant now) {
        return identity("body", null, now);
    }

    @Test
    void anIdOfTheSendersIsGoodForEver() {
        Identity identity = identity("notificationId, tenant", "n1", START);
        assertEquals(EventId.of("sender", List.of("n1", "tenant-1")), identity.id());
        assertEquals(List.of(), identity.neighbours());
        assertEquals(
                identity.id(),
                identity("notificationId, tenant", "n1", START.plus(HOUR)).id());
    }

    @Test
    void withoutItTheBytesAreTheIdentity() {
        for (String none : new String[] {null, "", " "}) {
            assertEquals(bytes(START), identity("notificationId, tenant", none, START));
        }
        assertNotEquals(bytes(START), identity("body, tenant", null, START));
    }

    @Test
    void theSameBytesAreAnotherEventInAnotherSpanButKnowTheirNeighbours() {
        Identity first = bytes(START);
        assertEquals(first, bytes(START.plus(HOUR).minusMillis(1)));
        Identity second = bytes(START.plus(HOUR));
        assertNotEquals(first.id(), second.id());
        assertTrue(second.neighbours().contains(first.id()));
        assertTrue(first.neighbours().contains(second.id()), "the clocks of two instances differ");
        assertEquals(2, second.neighbours().size());
    }

    private static Event event(Identity identity) {
        return new Event(
                identity,
                "sender",
                null,
                null,
                null,
                null,
                null,
                null,
                Event.State.ACCEPTED,
                null,
                false,
                null,
                null,
                false,
                HASH,
                new byte[0],
                null,
                Set.of("jdbc/notification"));
    }

    private static List<UUID> settled(Map<UUID, Duration> ages, Identity... identities) {
        return Identity.settled(
                        List.of(identities).stream().map(IdentityTest::event).toList(), ages)
                .stream()
                .map(Event::id)
                .toList();
    }

    @Test
    void whatIsStoredInASpanNextToItAndYoungerThanTheWindowIsTheSame() {
        Identity first = bytes(START);
        Identity second = bytes(START.plus(HOUR));
        assertEquals(List.of(first.id()), settled(Map.of(first.id(), HOUR.minusMillis(1)), second));
        assertEquals(List.of(second.id()), settled(Map.of(first.id(), HOUR), second));
        assertEquals(List.of(second.id()), settled(Map.of(), second));
        assertEquals(List.of(first.id()), settled(Map.of(second.id(), HOUR.plusHours(1)), first));
        assertEquals(List.of(second.id()), settled(Map.of(second.id(), Duration.ZERO), first));
    }

    @Test
    void theSameBytesInOneBatchAreOneEventAlsoWhenTheSpanEndsBetweenThem() {
        Identity first = bytes(START);
        Identity second = bytes(START.plus(HOUR));
        assertEquals(List.of(first.id(), first.id()), settled(Map.of(), first, second));
        assertEquals(List.of(second.id(), second.id(), second.id()), settled(Map.of(), second, first, second));
    }

    @Test
    void whatIsSettledKeepsWhatItIs() {
        Event settled = Identity.settled(
                        List.of(event(bytes(START.plus(HOUR)))),
                        Map.of(bytes(START).id(), Duration.ZERO))
                .get(0);
        assertEquals(Event.State.ACCEPTED, settled.state());
        assertEquals(Set.of("jdbc/notification"), settled.destinations());
    }
}
