package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The bundle in a process of its own, as an operator starts it, with production's log settings. */
public final class ChildBundle implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final String port;
    private final String managementPort;

    private ChildBundle(Process process, Path output, Properties settings) {
        this.process = process;
        this.output = output;
        port = settings.getProperty("http.port");
        managementPort = settings.getProperty("management.port");
    }

    /**
     * Starts it, and does not wait.
     *
     * @param folder takes its settings and its output
     * @param settings as {@link Bundle#settings} gives them
     */
    public static ChildBundle start(Path folder, Properties settings) throws IOException {
        Path file = folder.resolve("child.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        Path output = folder.resolve("child.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcamel.main.override-properties-location=file:" + file,
                        "-cp",
                        classPath(),
                        "org.apache.camel.main.Main")
                .directory(folder.toFile()) // not the project's folder, where other settings may lie
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CAMEL_") || name.equals("LOG_FORMAT"));
        Process process = builder.start();
        return new ChildBundle(process, output, settings);
    }

    /** That of this JVM without the tests, which bring log settings of their own. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(separator));
    }

    public void awaitReady() {
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready");
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(output());
            }
            try {
                return send(HttpRequest.newBuilder(ready)).statusCode() == 200;
            } catch (ConnectException notYet) {
                return false;
            }
        });
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Everything it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** SIGTERM, and waits for its end. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + output());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
