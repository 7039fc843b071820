package routes.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What tells a notification from another. Where its sender gives it no id, its bytes do, but not for ever: a state that comes
 * back later is a new event, and may have the same bytes. So such an id has the number of a span of time in it.
 *
 * @param id the event's primary key
 * @param neighbours ids of the same bytes in the spans before and after; none when the id is good for ever
 * @param window how long the same bytes are the same notification
 */
record Identity(UUID id, List<UUID> neighbours, Duration window) {

    static final String BODY = "body";

    /** An id that is good for ever. */
    static Identity of(UUID id) {
        return new Identity(id, List.of(), Duration.ZERO);
    }

    /**
     * The identity of a notification.
     *
     * @param names the variables that make it, comma-separated; {@code body} stands for the bytes, and so does a first one that is
     *     empty
     * @param variable the value of a variable
     */
    static Identity of(
            String sender, String names, UnaryOperator<String> variable, byte[] hash, Duration window, Instant now) {
        List<String> parts = parts(names, variable);
        List<String> values = new ArrayList<>();
        for (String part : parts) {
            values.add(part.equals(BODY) ? HexFormat.of().formatHex(hash) : variable.apply(part));
        }
        if (!parts.contains(BODY)) {
            return of(EventId.of(sender, values));
        }
        long span = Math.floorDiv(now.toEpochMilli(), window.toMillis());
        return new Identity(
                id(sender, values, span), List.of(id(sender, values, span - 1), id(sender, values, span + 1)), window);
    }

    /** The names of what really makes it. */
    static List<String> parts(String names, UnaryOperator<String> variable) {
        List<String> parts = List.of(names.strip().split("\\s*,\\s*"));
        boolean nothing = !parts.get(0).equals(BODY) && isBlank(variable.apply(parts.get(0)));
        return nothing ? List.of(BODY) : parts;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static UUID id(String sender, List<String> values, long span) {
        return EventId.of(
                sender,
                Stream.concat(values.stream(), Stream.of(Long.toString(span))).toList());
    }

    /**
     * The events with their final ids: what is there under a neighbour's id, in the database not longer than the window or
     * earlier in this batch, is the same notification.
     *
     * @param ages how long ago what is stored under an id has come
     */
    static List<Event> settled(List<Event> events, Map<UUID, Duration> ages) {
        Set<UUID> batch = new HashSet<>();
        return events.stream()
                .map(event -> {
                    Identity identity = event.identity();
                    Event settled = identity.neighbours.stream()
                            .filter(id -> batch.contains(id) || identity.covers(ages.get(id)))
                            .findFirst()
                            .map(event::under)
                            .orElse(event);
                    batch.add(settled.id());
                    return settled;
                })
                .toList();
    }

    private boolean covers(Duration age) {
        return age != null && age.compareTo(window) < 0;
    }
}
