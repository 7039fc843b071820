package routes.inbox;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Which of two events about one subject is the newer: what is concluded before what is pending, then by the time that their
 * sender gives (without a time: the oldest), then by the commit. Written as 41 digits, so that text compares right.
 */
final class EventOrder {

    private static final long YEAR_ONE =
            OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();

    private EventOrder() {}

    /**
     * @param pending whether it tells of something that is not concluded yet
     * @param occurredAt null, or a time in years 1 to 9999
     * @param commitSequence tells events with equal times apart
     */
    static String of(boolean pending, OffsetDateTime occurredAt, long commitSequence) {
        long seconds = occurredAt == null ? 0 : occurredAt.toEpochSecond() - YEAR_ONE + 1;
        int nanos = occurredAt == null ? 0 : occurredAt.getNano();
        return String.format(Locale.ROOT, "%d%012d%09d%019d", pending ? 0 : 1, seconds, nanos, commitSequence);
    }
}
