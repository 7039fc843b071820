package bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The tables of a bundle, from outside. */
final class Store {

    private static final List<String> TABLES = List.of(
            "circuit",
            "replay_delivery",
            "delivery_attempt",
            "delivery",
            "event",
            "coverage_discovery_path",
            "coverage_discovery_task");

    private Store() {}

    static Connection connect(Properties database) throws SQLException {
        return DriverManager.getConnection(
                database.getProperty("database.url"),
                database.getProperty("database.user"),
                database.getProperty("database.password"));
    }

    static void execute(Properties database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A number from the first row. */
    static long number(Properties database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @throws IllegalStateException when what is no longer pending was not delivered */
    static void checkDelivered(Properties database) throws SQLException {
        long others = number(database, "select count(*) from delivery where state not in ('pending', 'delivered')");
        if (others > 0) {
            throw new IllegalStateException(others + " deliveries were not made");
        }
    }

    /** So that each measurement begins with the same. */
    static void empty(Connection connection) throws SQLException {
        boolean h2 = connection.getMetaData().getURL().startsWith("jdbc:h2:");
        try (Statement statement = connection.createStatement()) {
            if (h2) { // which truncates no table that others refer to
                for (String table : TABLES) {
                    statement.execute("delete from " + table);
                }
            } else {
                statement.execute("truncate " + String.join(", ", TABLES));
            }
        }
    }
}
