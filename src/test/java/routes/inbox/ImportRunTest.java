package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportRunTest {

    @Test
    void anImportThatTakesTooLongSaysHowManyAreLeft() {
        ImportRun run = new ImportRun(3, Duration.ZERO);
        assertTrue(run.goesOn(), "one item at least");
        run.count("refused", "e1");
        assertFalse(run.goesOn());
        assertEquals(2, run.report().get("remaining"));
        assertEquals(List.of("e1"), run.report().get("events"));
        assertEquals(
                "{accepted=0, duplicate=0, parked=0, quarantined=1, conflict=0}",
                run.report().get("counts").toString());
    }
}
