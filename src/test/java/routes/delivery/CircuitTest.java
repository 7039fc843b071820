package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.Circuit.State;
import routes.delivery.Result.Health;

/** When a circuit opens and closes. */
class CircuitTest {

    private static final int MOST = 3;

    @ParameterizedTest(name = "{0} {1}/{2}, {4} {3} -> {5} {6}/{7}")
    @CsvSource({
        // state, failures, openings; health, probe; state, failures, openings
        "closed,    0, 0, UP,      false, closed,    0, 0",
        "closed,    2, 0, UP,      false, closed,    0, 0",
        "closed,    0, 0, DOWN,    false, closed,    1, 0",
        "closed,    1, 0, DOWN,    false, closed,    2, 0",
        "closed,    2, 0, DOWN,    false, open,      3, 1",
        "closed,    2, 0, UNKNOWN, false, closed,    2, 0",
        // what was under way when it opened
        "open,      3, 1, DOWN,    false, open,      4, 1",
        "open,      3, 1, UP,      false, closed,    0, 0",
        "half-open, 3, 1, DOWN,    false, half-open, 4, 1",
        "half-open, 3, 1, UP,      false, closed,    0, 0",
        "half-open, 3, 1, UNKNOWN, false, half-open, 3, 1",
        // the probe
        "half-open, 3, 1, DOWN,    true,  open,      4, 2",
        "half-open, 9, 4, DOWN,    true,  open,      10, 5",
        "half-open, 3, 1, UP,      true,  closed,    0, 0",
        "half-open, 3, 1, UNKNOWN, true,  open,      3, 1",
        // a probe that comes too late: another has taken its place
        "open,      4, 2, DOWN,    true,  open,      5, 2"
    })
    void anAttemptMovesIt(
            String before,
            int failures,
            int openings,
            Health health,
            boolean probe,
            String after,
            int failuresAfter,
            int openingsAfter) {
        Circuit circuit = new Circuit("callback/one", State.of(before), failures, openings);
        assertEquals(
                new Circuit("callback/one", State.of(after), failuresAfter, openingsAfter),
                circuit.after(result(health, probe), MOST));
    }

    private static Result result(Health health, boolean probe) {
        Claim claim = new Claim(UUID.randomUUID(), UUID.randomUUID(), "callback/one/1", 1, 1, 1, 0, probe);
        return new Result(
                claim, Result.State.PENDING, Duration.ZERO, null, null, health, OffsetDateTime.now(), Duration.ZERO);
    }
}
