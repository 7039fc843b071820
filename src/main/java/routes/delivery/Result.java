package routes.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * How an attempt ended.
 *
 * @param state the delivery's state from now on
 * @param pause before the next attempt; null when there will be none
 * @param reason our words, or null
 * @param status what the destination answered, where it answers with a status; or null
 * @param health what the attempt tells of a partner
 */
record Result(
        Claim claim,
        State state,
        Duration pause,
        String reason,
        Integer status,
        Health health,
        OffsetDateTime startedAt,
        Duration duration) {

    /** up: it has answered, if not as hoped; down: it did not, or said that it cannot; unknown: it was not asked. */
    enum Health {
        UP,
        DOWN,
        UNKNOWN
    }

    /** States of a delivery, as the database and the API name them. */
    enum State {
        PENDING,
        DELIVERED,
        DEAD,
        SUSPENDED,
        CANCELLED;

        /** All but pending. */
        static List<String> ends() {
            return Stream.of(values())
                    .filter(state -> state != PENDING)
                    .map(State::toString)
                    .toList();
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What the attempt is called: a pending delivery's attempt was a failure. */
    String outcome() {
        return state == State.PENDING ? "failed" : state.toString();
    }
}
