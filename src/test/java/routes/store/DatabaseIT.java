package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.TestDatabase;

/** What sessions with PostgreSQL begin with. */
class DatabaseIT {

    @ParameterizedTest
    @CsvSource(textBlock = """
            the inbox's own database, inbox, false, session
            the inbox's own database, inbox, true,  server
            another database,         other, false, server
            """)
    void businessStatementsWaitForTheDiskUnlessTheInboxDoesItForThem(
            String where, String database, boolean wait, String expected) throws Exception {
        Properties inbox = TestDatabase.POSTGRESQL.create();
        String url = (database.equals("inbox") ? inbox : TestDatabase.POSTGRESQL.create()).getProperty("database.url");
        Map<String, String> settings = Map.of("jdbc.url", url, "jdbc.synchronous-commit", Boolean.toString(wait));
        try (Bundle bundle = Bundle.start(inbox, settings)) {
            // the tests' server has it off for all: what matters is whether the session says so
            assertEquals(expected, source(bundle));
            assertEquals("off", bundle.select("select setting from pg_settings where name = 'enable_seqscan'"));
            assertEquals("1", bundle.select("select setting from pg_settings where name = 'join_collapse_limit'"));
            assertEquals(
                    0,
                    bundle.rows("select 1 from pg_settings where name = 'synchronous_commit' and source = 'session'")
                            .size(),
                    "the inbox waits as the server says");
        }
    }

    /** Its exceptions quote rows, and it would write them to a file beside the database. */
    @Test
    void h2WritesNoRowsIntoAnotherFile() throws Exception {
        Properties database = TestDatabase.H2.create();
        try (Bundle bundle = Bundle.start(database, Map.of())) {
            assertThrows(
                    RuntimeException.class,
                    () -> bundle.execute(
                            "insert into circuit (lane, state, failures, openings) values ('x', ?, 1, 1)",
                            "Marker".repeat(9)));
        }
        Path file = Path.of(database.getProperty("database.url").replaceAll("jdbc:h2:file:|;.*", ""));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(
                    List.of("webhooks.mv.db"),
                    files.map(path -> path.getFileName().toString()).toList());
        }
    }

    private static String source(Bundle bundle) throws Exception {
        try (Connection connection = bundle.business();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select source from pg_settings where name = 'synchronous_commit'")) {
            row.next();
            return row.getString(1).equals("session") ? "session" : "server";
        }
    }
}
