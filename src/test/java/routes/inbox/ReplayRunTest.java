package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import routes.http.Refused;

class ReplayRunTest {

    private static ReplayRun run(Duration atMost, int events) {
        ReplayRun run = new ReplayRun(200, 1000, atMost);
        for (int i = 1; i <= events; i++) {
            run.add(new UUID(0, i), 10L * i);
        }
        return run;
    }

    @Test
    void aRunThatTakesTooLongGoesOnWithACursor() {
        ReplayRun run = run(Duration.ZERO, 3);
        assertTrue(run.goesOn(), "one event at least");
        run.replayed(2, false);
        assertFalse(run.goesOn());
        assertEquals("10", run.report().get("next"));
        assertEquals(1, run.report().get("replayed"));
    }

    @Test
    void aTurnThatWouldComeTooLateIsForTheNextRun() {
        ReplayRun run = new ReplayRun(200, 1, Duration.ofMillis(500))
                .add(new UUID(0, 1), 10)
                .add(new UUID(0, 2), 20);
        assertTrue(run.goesOn());
        run.replayed(1, false);
        assertFalse(run.goesOn(), "the second is due in a second");
        assertEquals("10", run.report().get("next"));
    }

    @Test
    void whenNothingWorksAnyMoreTheRunEndsAndSaysSo() {
        ReplayRun run = run(Duration.ofHours(1), 3);
        run.replayed(1, false);
        Refused away = Refused.unavailable("the database does not answer", 5);
        run.refused(new IllegalStateException(away));
        assertFalse(run.goesOn());
        assertSame(away, assertThrows(Refused.class, run::report));
    }

    @Test
    void noMoreThanAHundredAreListedAsRefused() {
        ReplayRun run = run(Duration.ofHours(1), 150);
        for (int i = 0; i < 150; i++) {
            run.refused(new Refused(409, "invalid_event", "not this one"));
        }
        assertEquals(100, ((List<?>) run.report().get("refused")).size());
        assertEquals(0, run.report().get("replayed"));
        assertFalse(run.report().containsKey("next"));
    }
}
