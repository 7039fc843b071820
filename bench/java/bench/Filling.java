package bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import routes.support.Bundle;

/** Rows as a bundle leaves them after some time, written by the database itself. */
final class Filling {

    private Filling() {}

    /** Events of the task that everybody sends, each delivered to its table. */
    static void events(Properties database, int count) throws SQLException {
        String task = new String(Task.bytes(new UUID(0, 0)), StandardCharsets.UTF_8);
        rows(database, """
                insert into event (event_id, commit_sequence, batch_id, sender, type, status, subject, tenant, state,
                                   event_order, body_hash, payload)
                select gen_random_uuid(), -number, gen_random_uuid(), 'coverage-discovery', 'task', 'failure',
                       gen_random_uuid(), '%s', 'accepted', number, sha256(cast(number as text)::bytea),
                       convert_to(overlay(? placing gen_random_uuid()::text from %d), 'UTF8')
                from generate_series(1, %d) number""".formatted(Bundle.TENANT, task.indexOf(new UUID(0, 0).toString()) + 1, count), task);
        rows(database, """
                insert into delivery (delivery_id, event_id, destination, lane, route, state, claim_number, attempts, finished_at)
                select gen_random_uuid(), event_id, 'jdbc/coverage_discovery_task', 'jdbc/coverage_discovery_task',
                       'jdbc/coverage_discovery_task', 'delivered', 1, 1, current_timestamp
                from event where commit_sequence < 0""");
        rows(database, """
                insert into delivery_attempt (delivery_id, claim_number, generation, started_at, duration_ms, outcome)
                select delivery_id, 1, 1, current_timestamp, 5, 'delivered' from delivery""");
    }

    /** What came after them: they have commit sequences below 0. */
    static void removeLater(Properties database) throws SQLException {
        Store.execute(
                database,
                "delete from delivery_attempt where delivery_id in"
                        + " (select delivery_id from delivery join event using (event_id) where commit_sequence > 0)",
                "delete from delivery where event_id in (select event_id from event where commit_sequence > 0)",
                "delete from event where commit_sequence > 0",
                // as some time after: the vacuum that all this calls for does not come while it is measured
                "vacuum analyze event, delivery, delivery_attempt");
    }

    /** As {@link #events}, and nothing of it is delivered. */
    static void undelivered(Properties database, int count) throws SQLException {
        events(database, count);
        rows(database, "delete from delivery_attempt");
        rows(database, """
                update delivery
                set state = 'pending', due_at = current_timestamp, claim_number = 0, attempts = 0, finished_at = null""");
    }

    /** Each of a partner of its own; ten of them may see the events that come. */
    static void callbacks(Properties database, int count) throws SQLException {
        String numbers = " from generate_series(1, " + count + ") number";
        rows(database, "insert into partner (partner_id) select 'partner-' || number" + numbers);
        rows(
                database,
                "insert into partner_grant (partner_id, sender, tenant) select 'partner-' || number, 'coverage-discovery',"
                        + " case when number <= 10 then '" + Bundle.TENANT + "' else 'other-' || number end" + numbers);
        rows(
                database,
                "insert into callback (partner_id, notification_type, url, state, sealed_secret)"
                        + " select 'partner-' || number, 1, 'https://partner.example/' || number, 'active', ''"
                        + numbers);
    }

    private static void rows(Properties database, String sql, String... parameters) throws SQLException {
        try (Connection connection = Store.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
