package routes.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The whole bundle as a process of its own, started as in production, so that it can be killed. */
public final class BundleProcess implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "fault").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI address;

    private BundleProcess(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(process::destroyForcibly)); // also when the tests are interrupted
    }

    /**
     * Starts the bundle and waits until it receives.
     *
     * @param name of its log, {@code target/fault/<name>.log}
     * @param settings as {@link Bundle#settings} gives them: the same ones start it again on the same database
     */
    public static BundleProcess start(String name, Properties settings) throws Exception {
        return start(name, settings, Jvm.QUICK);
    }

    /** As {@link #start(String, Properties)}, in another JVM than most tests want. */
    public static BundleProcess start(String name, Properties settings, Jvm jvm) throws Exception {
        return launch(name, settings, jvm).awaited(START);
    }

    /** As {@link #start(String, Properties)}, for another way to start it. */
    static BundleProcess start(ProcessBuilder builder, Path log, int port, Duration atMost) throws Exception {
        return run(builder, log, port).awaited(atMost);
    }

    /** Waits until it receives. */
    public void awaitStart() throws Exception {
        awaited(START);
    }

    private BundleProcess awaited(Duration atMost) throws Exception {
        try {
            await("start, see " + log).atMost(atMost).until(this::receives);
            return this;
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** As {@link #start}, and does not wait: it may even fail. */
    public static BundleProcess launch(String name, Properties settings) throws IOException {
        return launch(name, settings, Jvm.QUICK);
    }

    /** As {@link #launch(String, Properties)}, in another JVM than most tests want. */
    public static BundleProcess launch(String name, Properties settings, Jvm jvm) throws IOException {
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve(name + ".log");
        Path file = FOLDER.resolve(name + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        ProcessBuilder builder = new ProcessBuilder(
                        jvm.command("-Dcamel.main.override-properties-location=file:" + file))
                .directory(FOLDER.toFile()); // not the project's folder, where other settings may lie
        return run(builder, log, Integer.parseInt(settings.getProperty("http.port")));
    }

    private static BundleProcess run(ProcessBuilder builder, Path log, int port) throws IOException {
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("CAMEL_") || variable.equals("LOG_FORMAT"));
        return new BundleProcess(builder.start(), log, URI.create("http://127.0.0.1:" + port));
    }

    /** Whether the webhook answers; without a token that is 403. */
    private boolean receives() throws Exception {
        if (!process.isAlive()) {
            throw new IllegalStateException("the bundle ended with " + process.exitValue() + ", see " + log);
        }
        try {
            return send(HttpRequest.newBuilder(webhook()).POST(BodyPublishers.noBody()))
                            .statusCode()
                    == 403;
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI uri(String path) {
        return address.resolve(path);
    }

    public URI webhook() {
        return uri("/webhooks/coverage-discovery");
    }

    /** A token of one of the clients that {@link Bundle#settings} makes. */
    public String token(String client) throws Exception {
        return token(client, Bundle.SECRET);
    }

    public String token(String client, String secret) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret)));
        return Bundle.json(response).get("access_token").asText();
    }

    /** Waits until no delivery is pending: also those are done whose leases had to run out first. */
    public void awaitDeliveries() throws Exception {
        awaitDeliveries(Duration.ofMinutes(2));
    }

    public void awaitDeliveries(Duration atMost) throws Exception {
        String operator = token("operator");
        HttpRequest.Builder pending = HttpRequest.newBuilder(uri("/events?delivery=pending&limit=1"))
                .header("Authorization", "Bearer " + operator);
        await("deliveries, see " + log)
                .atMost(atMost)
                .until(() -> Bundle.json(send(pending)).get("events").isEmpty());
    }

    /**
     * The status of the readiness; 0 when there is no answer.
     *
     * @param settings with which it was started
     */
    public int readiness(Properties settings) {
        URI uri = URI.create("http://127.0.0.1:" + settings.getProperty("management.port") + "/observe/health/ready");
        try {
            return send(HttpRequest.newBuilder(uri)).statusCode();
        } catch (Exception e) {
            return 0;
        }
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}: no shutdown hook runs, nothing is flushed. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM: the orderly stop. */
    public void terminate() {
        process.destroy();
    }

    /** The exit code, when the process ends within that time. */
    public int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + atMost + ", see " + log);
        }
        return process.exitValue();
    }

    public List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /** All of the log in one piece. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /** Ends the process, whatever its state. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(45, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
