package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryLaterTest {

    /** A destination may say anything. */
    @ParameterizedTest
    @CsvSource({"PT0S, PT0S", "PT5S, PT5S", "PT24H, PT24H", "PT25H, PT24H", "PT277777777777H, PT24H", "PT-5S, PT0S"})
    void thePauseIsBetweenNothingAndADay(Duration asked, Duration given) {
        assertEquals(given, new RetryLater(asked).after());
    }

    @Test
    void aPauseMustBeGiven() {
        assertThrows(NullPointerException.class, () -> new RetryLater(null));
    }
}
