package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausesTest {

    private static final String SECRET = "patient Robin Sample";

    @Test
    void theClassAndThePlaceAreSaidAndNeverTheMessage() {
        String text = Causes.of(new IllegalStateException(SECRET));
        assertTrue(
                text.matches("IllegalStateException at CausesTest\\.theClassAndThePlaceAreSaidAndNeverTheMessage:\\d+"),
                text);
    }

    @Test
    void theRootIsWhatCounts() {
        String text =
                Causes.of(new RuntimeException(SECRET, new IllegalStateException(SECRET, new IOException(SECRET))));
        assertTrue(text.startsWith("IOException at CausesTest."), text);
        assertFalse(text.contains(SECRET));
    }

    @Test
    void aDatabaseErrorHasItsState() {
        assertTrue(Causes.of(new SQLException(SECRET, "23505")).startsWith("SQLException 23505 at "));
    }

    @Test
    void aDatabaseErrorWithoutAStateHasNone() {
        assertTrue(Causes.of(new SQLException(SECRET)).startsWith("SQLException at "));
    }

    @Test
    void aRootThatIsNotOursIsPlacedByItsWrapper() {
        IOException foreign = new IOException(SECRET);
        foreign.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("java.net.Socket", "read", "Socket.java", 1)});
        assertTrue(Causes.of(new IllegalStateException(foreign)).startsWith("IOException at CausesTest."));
    }

    @Test
    void withoutAnyPlaceOfOursTheClassIsAll() {
        IOException foreign = new IOException(SECRET);
        foreign.setStackTrace(new StackTraceElement[0]);
        assertEquals("IOException", Causes.of(foreign));
    }

    @Test
    void itFitsItsColumn() {
        IOException wordy = new IOException(SECRET);
        wordy.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("routes.Wordy", "x".repeat(300), "Wordy.java", 1)});
        assertEquals(200, Causes.of(wordy).length());
    }

    @Test
    void theStateIsFoundDownTheChain() {
        SQLException unique = new SQLException("", "23505");
        assertEquals("23505", SqlStates.of(new RuntimeException(new RuntimeException(unique))));
        assertEquals(null, SqlStates.of(new RuntimeException(new SQLException())));
        assertEquals(null, SqlStates.of(null));
    }

    @Test
    void onlyDataAndConstraintErrorsRefuseTheRow() {
        List<String> refusing = List.of("22001", "22021", "23502", "23505");
        List<String> passing = List.of("08006", "40001", "40P01", "53300", "57P01", "42P01");
        refusing.forEach(state -> assertTrue(SqlStates.refusesTheRow(new SQLException("", state)), state));
        passing.forEach(state -> assertFalse(SqlStates.refusesTheRow(new SQLException("", state)), state));
        assertFalse(SqlStates.refusesTheRow(new IOException()));
    }
}
