package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Reader;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/** The two scripts by which docs/upgrade.md moves an instance from H2 to PostgreSQL: every table, every row, and what comes after. */
class H2ToPostgresqlIT {

    private static final Path SCRIPTS = Path.of("deploy", "distribution", "deploy", "h2-to-postgresql");
    /** What psql does by itself: a command of its own, or a statement that ends with its line. */
    private static final Pattern COPY = Pattern.compile("(?m)^\\\\copy (\\w+) from '(.*?)' (.*)$");

    private static final String ODD = "quoted \"x\", it's\na line; \\N é NULL";

    @TempDir
    Path folder;

    @Test
    void whatWasInTheFileIsInPostgresqlAndGoesOn() throws Exception {
        Map<String, String> settings = Registry.clients(List.of("partner"));
        settings.putAll(SignedPost.settings());
        Properties h2 = TestDatabase.H2.create();
        String token;
        try (Bundle bundle = Bundle.start(h2, settings)) {
            token = bundle.token("auditor");
            fill(bundle);
        }
        Properties postgresql = TestDatabase.POSTGRESQL.create();
        Bundle.start(postgresql, settings).close(); // it makes the tables
        try (Connection from = connect(h2);
                Connection to = connect(postgresql)) {
            export(from);
            load(to);
            Map<String, TreeSet<String>> moved = tables(to);
            tables(from).forEach((table, rows) -> {
                assertFalse(rows.isEmpty(), () -> table + " has no row that could be lost");
                assertEquals(rows, moved.get(table), table);
            });
            assertThrows(SQLException.class, () -> load(to), "it has been used");
        }
        try (Bundle bundle = Bundle.start(postgresql, settings)) {
            goesOn(bundle, token);
        }
    }

    /** By all senders, and what takes long to come about by hand. */
    private static void fill(Bundle bundle) throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantAll("partner", List.of("develop-health"));
        registry.register("partner", 1, "http://127.0.0.1:1/");
        for (Path fixture : SignedPost.fixtures()) {
            SignedPost.send(bundle, fixture, Files.readAllBytes(fixture));
        }
        bundle.execute("update callback set types = array['a', ?], statuses = cast(array[] as varchar array)", ODD);
        bundle.execute("update partner set name = ?", ODD);
        bundle.execute(
                "insert into client (client_id, secret_hash, scopes, tenants) values ('made', 'x', array['operations'], array['', ?])",
                ODD);
        bundle.execute("insert into circuit (lane, state, failures, openings) values ('callback/x', 'closed', 1, 0)");
        bundle.execute("insert into paused_destination (destination, by_operator, paused_by) values ('x', true, '')");
        bundle.execute(
                "insert into replay (replay_id, started_by, filter, rate, state) values (random_uuid(), 'x', '{}', 1, 'done')");
        bundle.execute(
                "insert into replay_delivery (replay_id, delivery_id, generation, state, attempts)"
                        + " select replay_id, delivery_id, 2, 'dead', 1 from replay, (select delivery_id from delivery limit 1)");
        bundle.execute(
                "insert into erasure (erasure_id, state, sender, reason, requested_by) values (random_uuid(), 'done', 'x', ?, 'x')",
                ODD);
        // erased: of a hash and a payload nothing is left
        bundle.execute("update event set body_hash = '', payload = null, payload_key_id = null"
                + " where event_id = (select event_id from event where state = 'quarantined' limit 1)");
    }

    private void export(Connection h2) throws Exception {
        Files.createDirectories(folder.resolve("h2-export"));
        RunScript.execute(h2, new StringReader(script("export.sql")));
    }

    /** As psql -1 does it. */
    private void load(Connection postgresql) throws Exception {
        postgresql.setAutoCommit(false);
        String script = script("import.sql");
        Matcher copy = COPY.matcher(script);
        int done = 0;
        try {
            while (copy.find()) {
                postgresql.createStatement().execute(script.substring(done, copy.start()));
                try (Reader file = Files.newBufferedReader(Path.of(copy.group(2)))) {
                    new CopyManager(postgresql.unwrap(BaseConnection.class))
                            .copyIn("copy " + copy.group(1) + " from stdin " + copy.group(3), file);
                }
                done = copy.end();
            }
            postgresql.createStatement().execute(script.substring(done));
            postgresql.commit();
        } finally {
            postgresql.rollback();
            postgresql.setAutoCommit(true);
        }
    }

    private String script(String name) throws Exception {
        return Files.readString(SCRIPTS.resolve(name))
                .replace("h2-export", folder.resolve("h2-export").toString());
    }

    private static Connection connect(Properties database) throws Exception {
        return DriverManager.getConnection(
                database.getProperty("database.url"),
                database.getProperty("database.user"),
                database.getProperty("database.password"));
    }

    /** All rows of all tables but Flyway's own, as texts that do not depend on the database. */
    private static Map<String, TreeSet<String>> tables(Connection connection) throws Exception {
        Map<String, TreeSet<String>> tables = new TreeMap<>();
        try (ResultSet names =
                connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE", "BASE TABLE"})) {
            while (names.next()) {
                tables.put(names.getString("TABLE_NAME"), new TreeSet<>());
            }
        }
        tables.keySet().removeIf(name -> name.startsWith("migration_"));
        for (Map.Entry<String, TreeSet<String>> table : tables.entrySet()) {
            try (ResultSet rows = connection.createStatement().executeQuery("select * from " + table.getKey())) {
                while (rows.next()) {
                    table.getValue().add(row(rows));
                }
            }
        }
        return tables;
    }

    private static String row(ResultSet rows) throws Exception {
        Map<String, String> row = new TreeMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(rows.getMetaData().getColumnName(i), text(rows, i));
        }
        return row.toString();
    }

    private static String text(ResultSet rows, int column) throws Exception {
        Object value = rows.getObject(column);
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof Array array) {
            return Arrays.toString((Object[]) array.getArray());
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        } else if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        return value instanceof Boolean ? value.toString() : rows.getString(column);
    }

    private static void goesOn(Bundle bundle, String token) throws Exception {
        String last = bundle.select("select max(commit_sequence) from event");
        int events = bundle.rows("select 1 from event").size();
        Path known = SignedPost.fixtures().get(0);
        assertEquals(
                2, SignedPost.send(bundle, known, Files.readAllBytes(known)).statusCode() / 100);
        assertEquals(events, bundle.rows("select 1 from event").size(), "it was known");
        assertEquals(
                204,
                bundle.post(bundle.token("optum"), Fixtures.failedTask(UUID.randomUUID()))
                        .statusCode());
        assertTrue(
                Long.parseLong(bundle.select("select max(commit_sequence) from event")) > Long.parseLong(last),
                "the newest");
        String id = bundle.select("select event_id from event where commit_sequence = cast(? as bigint)", last);
        HttpRequest.Builder payload = HttpRequest.newBuilder(bundle.uri("/events/" + id + "/payload?reason=move"))
                .header("Authorization", "Bearer " + token);
        assertEquals(
                200,
                bundle.send(payload).statusCode(),
                "a token, a key and a payload of before; and the audit goes on");
    }
}
