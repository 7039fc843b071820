package routes.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/**
 * What the tables of a stopped bundle say, against what its senders were told.
 *
 * @param events how many events each task has
 * @param tasks how many rows of the business table each task has
 * @param leases deliveries that some instance still holds
 * @param claimedAgain deliveries that were claimed more than once: mostly those whose first holder was killed
 */
record Ledger(Map<UUID, Integer> events, Map<UUID, Integer> tasks, int leases, int claimedAgain) {

    /** Reads past the bundle, which must not run: H2 opens its file for one process only. */
    static Ledger read(Properties database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                database.getProperty("database.url"),
                database.getProperty("database.user"),
                database.getProperty("database.password"))) {
            return new Ledger(
                    counts(connection, "select subject, count(*) from event group by subject"),
                    counts(connection, "select task_id, count(*) from coverage_discovery_task group by task_id"),
                    count(connection, "select count(*) from delivery where owner is not null"),
                    count(connection, "select count(*) from delivery where claim_number > 1"));
        }
    }

    private static Map<UUID, Integer> counts(Connection connection, String sql) throws SQLException {
        Map<UUID, Integer> counts = new HashMap<>();
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                counts.put(UUID.fromString(row.getString(1)), row.getInt(2));
            }
        }
        return counts;
    }

    private static int count(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Acknowledged, but missing in one table or the other. */
    Set<UUID> lost(Set<UUID> acknowledged) {
        Set<UUID> lost = new HashSet<>(acknowledged);
        lost.removeIf(task -> events.containsKey(task) && tasks.containsKey(task));
        return lost;
    }

    /** More than once in one table or the other. */
    Set<UUID> doubled() {
        Set<UUID> doubled = new HashSet<>(events.keySet());
        doubled.addAll(tasks.keySet());
        doubled.removeIf(task -> events.getOrDefault(task, 0) <= 1 && tasks.getOrDefault(task, 0) <= 1);
        return doubled;
    }
}
