package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventOrderTest {

    private final Locale before = Locale.getDefault();

    /** One that writes other digits: instances in different places must agree. */
    @BeforeEach
    void elsewhere() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    }

    @AfterEach
    void back() {
        Locale.setDefault(before);
    }

    private static String order(boolean pending, String time, long sequence) {
        return EventOrder.of(pending, time == null ? null : OffsetDateTime.parse(time), sequence);
    }

    @Test
    void olderComesFirst() {
        List<String> fromOldToNew = List.of(
                order(true, null, 1),
                order(true, null, 2),
                order(true, "2026-03-02T10:00:00Z", 1),
                order(false, null, 1),
                order(false, "0001-01-01T00:00:00Z", 1),
                order(false, "1969-12-31T23:59:59.999999999Z", 1),
                order(false, "2026-03-02T10:00:00Z", 7),
                order(false, "2026-03-02T10:00:00Z", 10),
                order(false, "2026-03-02T10:00:00.000000001Z", 1),
                order(false, "2026-03-02T10:00:00-01:00", 1),
                order(false, "9999-12-31T23:59:59Z", Long.MAX_VALUE));
        assertEquals(fromOldToNew.stream().sorted().toList(), fromOldToNew);
        assertTrue(fromOldToNew.stream().allMatch(order -> order.matches("[0-9]{41}")), fromOldToNew::toString);
    }

    @Test
    void theSameMomentIsTheSameInEveryZone() {
        assertEquals(order(false, "2026-03-02T10:00:00Z", 5), order(false, "2026-03-02T12:00:00+02:00", 5));
    }
}
