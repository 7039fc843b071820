package routes.inbox;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Which of two events about one subject is the newer: by the time that their sender gives, then by the commit. An event
 * without a time (a task that is still pending) is older than any with one. Written as 40 digits, so that text compares right.
 */
final class EventOrder {

    private static final long YEAR_ONE =
            OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();

    private EventOrder() {}

    /**
     * @param occurredAt null, or a time in years 1 to 9999
     * @param commitSequence tells events with equal times apart
     */
    static String of(OffsetDateTime occurredAt, long commitSequence) {
        long seconds = occurredAt == null ? 0 : occurredAt.toEpochSecond() - YEAR_ONE + 1;
        int nanos = occurredAt == null ? 0 : occurredAt.getNano();
        return "%012d%09d%019d".formatted(seconds, nanos, commitSequence);
    }
}
