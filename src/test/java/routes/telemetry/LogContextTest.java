package routes.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class LogContextTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "5b26bf82-4434-4019-8798-6511215368b6", "a_b.c:d"})
    void anIdIsThereUntilItIsClosed(String id) {
        try (LogContext ignored = LogContext.of(id)) {
            assertEquals(id, MDC.get("correlationId"));
        }
        assertNull(MDC.get("correlationId"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Ana Sample",
                "a\nb",
                "<b>",
                "01234567890123456789012345678901234567890123456789"
                        + "01234567890123456789012345678901234567890123456789x"
            })
    void anyOtherTextIsLeftOut(String text) {
        try (LogContext ignored = LogContext.of(text)) {
            assertNull(MDC.get("correlationId"));
        }
    }
}
