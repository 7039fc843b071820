package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    @Test
    void pausesAreReadInEveryUnit() {
        assertEquals(
                List.of(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofHours(8)),
                RetrySchedule.parse(" 500ms, 5s,2m , 8h", 0).pauses());
    }

    @Test
    void aPauseMayComeSeveralTimes() {
        assertEquals(
                RetrySchedule.parse("1s, 1s, 1s, 5s, 2m", 0), RetrySchedule.parse("3 x 1s, 1 x 5s, 0 x 8h, 2m", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "s",
                "-1s",
                "1.5s",
                "5 s",
                "5S",
                "1d",
                "1s 2s",
                "1s;2s",
                "1234567890s",
                "x 1s",
                "2x1s",
                "-2 x 1s",
                "10000 x 1s"
            })
    void whatIsNoPauseIsNamed(String text) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> RetrySchedule.parse("1s, " + text, 0));
        assertTrue(refused.getMessage().contains("not a pause: " + text + " "), refused.getMessage());
    }

    @Test
    void eachAttemptHasItsPauseAndTheLastHasNone() {
        RetrySchedule schedule = RetrySchedule.parse("1s, 5s", 0);
        assertEquals(Optional.of(Duration.ofSeconds(1)), schedule.after(1));
        assertEquals(Optional.of(Duration.ofSeconds(5)), schedule.after(2));
        assertEquals(Optional.empty(), schedule.after(3));
        assertEquals(Optional.empty(), schedule.after(4));
    }

    @Test
    void anEmptyScheduleAllowsOneAttempt() {
        assertEquals(Optional.empty(), RetrySchedule.parse("", 20).after(1));
    }

    @RepeatedTest(100)
    void jitterOnlyStretchesAndByItsPercentAtTheMost() {
        Duration pause = RetrySchedule.parse("1s", 20).after(1).orElseThrow();
        assertTrue(pause.toMillis() >= 1000 && pause.toMillis() <= 1200, pause.toString());
    }
}
