package routes.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** The two databases that everything must run on: an empty one for each call. */
public enum TestDatabase {
    H2 {
        @Override
        public Properties create() {
            try {
                return properties(h2(Files.createTempDirectory("webhook-routes-h2")), "webhooks", "test-password");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        public Properties create() {
            String name = "w" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = DriverManager.getConnection(server().getJdbcUrl("postgres", "postgres"))) {
                connection.createStatement().execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return properties("jdbc:postgresql://localhost:" + server().getPort() + "/" + name, "postgres", "postgres");
        }
    };

    private static EmbeddedPostgres server;

    /** Properties of the bundle for a new, empty database of this kind. */
    public abstract Properties create();

    /** The URL of an H2 in that folder. */
    public static String h2(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("webhooks")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";
    }

    static Properties properties(String url, String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("database.url", url);
        properties.setProperty("database.user", user);
        properties.setProperty("database.password", password);
        return properties;
    }

    /** A real PostgreSQL, started once for all tests of this JVM; ends with it. */
    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }
}
