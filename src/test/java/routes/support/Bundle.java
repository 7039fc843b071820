package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import routes.sealing.Payloads;
import routes.store.Database;

/** The whole bundle, started by camel-main as in production, on a free port, with a client of each kind. */
public final class Bundle implements AutoCloseable {

    /** PBKDF2 of {@code test-secret}, with few iterations: tests ask for many tokens. */
    public static final String SECRET_HASH =
            "pbkdf2-sha256$100000$AAECAwQFBgcICQoLDA0ODw==$2Sck7ovVdXkVj9lxHuhHWaepU3wMc0K2Fddvaq8X37U=";

    public static final String SECRET = "test-secret";
    public static final String TENANT = "tenant-1";
    public static final ObjectMapper JSON = new ObjectMapper();

    private final Main main = new Main();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final int managementPort;

    private Bundle(Properties overrides, RouteBuilder... routes) {
        port = Integer.parseInt(overrides.getProperty("http.port"));
        managementPort = Integer.parseInt(overrides.getProperty("management.port"));
        // the tests live in the scanned packages too, and some have routes of their own
        overrides.setProperty("camel.main.javaRoutesExcludePattern", "**/*Test*,**/*IT*");
        main.setOverrideProperties(overrides);
        main.configure().setProfile(overrides.getProperty("camel.main.profile", "prod"));
        for (RouteBuilder route : routes) {
            main.configure().addRoutesBuilder(route);
        }
        main.start();
    }

    /** Starts a bundle on an empty database of that kind. */
    public static Bundle start(TestDatabase database, RouteBuilder... routes) {
        return start(database.create(), Map.of(), routes);
    }

    /**
     * Starts a bundle.
     *
     * @param database as {@link TestDatabase#create} gives it: several bundles may share one on PostgreSQL
     * @param settings what differs from the settings of {@link #settings}
     * @param routes more routes
     */
    public static Bundle start(Properties database, Map<String, String> settings, RouteBuilder... routes) {
        Properties overrides = settings(database);
        // no test asks the real name servers
        overrides.setProperty("camel.beans.resolver", "#class:" + HostNames.class.getName());
        overrides.putAll(settings);
        return new Bundle(overrides, routes);
    }

    /** The bundle with the demo settings, but for its ports and the place of its file. */
    public static Bundle demo() {
        Properties overrides = new Properties();
        overrides.setProperty("database.url", TestDatabase.H2.create().getProperty("database.url"));
        overrides.setProperty("http.port", Integer.toString(freePort()));
        overrides.setProperty("management.port", Integer.toString(freePort()));
        overrides.setProperty("camel.main.profile", "demo");
        return new Bundle(overrides);
    }

    /** Settings that every test wants: production's, with clients, on free ports of the loopback. */
    public static Properties settings(Properties database) {
        Properties settings = new Properties();
        settings.putAll(database);
        settings.setProperty("http.host", "127.0.0.1");
        settings.setProperty("http.port", Integer.toString(freePort()));
        settings.setProperty("management.port", Integer.toString(freePort()));
        settings.setProperty("sealing.keys", "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        settings.setProperty("sender.coverage-discovery.enabled", "true");
        settings.setProperty("delivery.sweep-interval-ms", "100");
        // tests try much that is wrong
        settings.setProperty("auth.max-failures", "100000");
        settings.setProperty("oauth2.secret-iterations", "100000");
        settings.setProperty("oauth2.revocation-seconds", "1");
        client(settings, "optum", "coverage-discovery", TENANT);
        client(settings, "operator", "operations", "");
        client(settings, "auditor", "operations payloads", "");
        return settings;
    }

    private static void client(Properties settings, String id, String scopes, String tenants) {
        settings.setProperty("oauth2.client." + id + ".secret", SECRET_HASH);
        settings.setProperty("oauth2.client." + id + ".scopes", scopes);
        settings.setProperty("oauth2.client." + id + ".tenants", tenants);
    }

    /** Below the ephemeral range, where no client's own port can take it meanwhile; other forks of the tests take others. */
    public static int freePort() {
        int first = 20_000 + 6_000 * (Integer.getInteger("test.fork", 1) % 2);
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(first, first + 6_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public <T> T bean(String name, Class<T> type) {
        return context().getRegistry().lookupByNameAndType(name, type);
    }

    /** What hosts lead to. */
    public HostNames names() {
        return bean("resolver", HostNames.class);
    }

    public Database database() {
        return bean("database", Database.class);
    }

    /** A connection to the business tables. */
    public Connection business() throws Exception {
        return bean(Database.BUSINESS, DataSource.class).getConnection();
    }

    /** The first column of the first row of a query on the inbox. */
    public String select(String sql, Object... parameters) {
        return database().with(handle -> handle.select(sql, parameters)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }

    /** Changes the inbox behind the bundle's back. */
    public int execute(String sql, Object... parameters) {
        return database().with(handle -> handle.execute(sql, parameters));
    }

    /** The rows of a query on the inbox (or the business tables, which the tests keep in the same place). */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        return database()
                .with(handle -> handle.select(sql, parameters).mapToMap().list());
    }

    /** The payload of the event, as it came: {@code event_id}, {@code payload} and {@code payload_key_id} are asked for. */
    public byte[] payload(Map<String, Object> event) {
        return bean("payloads", Payloads.class)
                .open((UUID) event.get("event_id"), (String) event.get("payload_key_id"), (byte[]) event.get("payload"))
                .orElseThrow();
    }

    /** How an event is found by its payload. */
    public static byte[] hash(byte[] payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the event goes, in the order of the names. */
    public List<String> destinations(Map<String, Object> event) {
        return rows("select destination from delivery where event_id = ? order by 1", event.get("event_id")).stream()
                .map(row -> row.get("destination").toString())
                .toList();
    }

    /** Waits until the event has been written into its tables. */
    public void awaitTables(Map<String, Object> event) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> select(
                                "select count(*) from delivery where event_id = ? and destination like 'jdbc/%' and state <> 'delivered'",
                                event.get("event_id")),
                        "0"::equals);
    }

    public int port() {
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    /** What Prometheus is told. */
    public String scrape() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(management("/observe/metrics")));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** A token of one of the clients {@code optum}, {@code operator} or {@code auditor}. */
    public String token(String client) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + SECRET)));
        return json(response).get("access_token").asText();
    }

    /** Posts a task as Optum does. */
    public HttpResponse<String> post(String token, byte[] task) throws Exception {
        return send(request(token).POST(BodyPublishers.ofByteArray(task)));
    }

    /** A request to the Coverage Discovery webhook that lacks only its method and body. */
    public HttpRequest.Builder request(String token) {
        return HttpRequest.newBuilder(uri("/webhooks/coverage-discovery"))
                .header("Authorization", "Bearer " + token)
                .header("x-optum-tenant-id", TENANT)
                .header("Content-Type", "application/json");
    }

    /** Gets a path of the operators' API, and expects 200. */
    public JsonNode get(String token, String path) throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        main.stop();
    }
}
