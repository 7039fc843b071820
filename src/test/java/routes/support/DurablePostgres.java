package routes.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A PostgreSQL that keeps its word, as production's does: what it has committed is on the disk. The tests' own one is faster. */
public final class DurablePostgres implements AutoCloseable {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final Path folder = Files.createTempDirectory("webhook-routes-postgres");
    private final int port = Bundle.freePort();
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    /** @param settings of the server, beside those that make it durable */
    public DurablePostgres(Map<String, String> settings) throws IOException {
        this.settings = settings;
    }

    /** Starts it, also again after {@link #kill}: with all that it had. */
    public DurablePostgres start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false);
        settings.forEach(builder::setServerConfig);
        DURABLE.forEach(builder::setServerConfig);
        server = builder.start();
        return this;
    }

    /** A new, empty database: properties of the bundle for it. */
    public Properties create(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres")) {
            connection.createStatement().execute("create database " + name);
        }
        return TestDatabase.properties(url(name), "postgres", "postgres");
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /** {@code kill -9} of all its processes: its memory is gone, what it has written is the operating system's to keep. */
    public void kill() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(lines.findFirst().orElseThrow()))
                    .orElseThrow();
            List<ProcessHandle> processes = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            processes.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle process : processes) {
                process.onExit().join();
            }
        }
        server.close(); // it gives the folder free
    }

    @Override
    public void close() throws IOException {
        server.close();
        Folders.delete(folder);
    }
}
