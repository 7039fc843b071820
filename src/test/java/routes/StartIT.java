package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Fixtures;
import routes.support.Jvm;
import routes.support.Jwts;
import routes.support.MetricsDoc;
import routes.support.SecretHash;
import routes.support.TestDatabase;

/** What an operator sees at the start: a clear sentence when it fails, no secret in the log, and the health of what runs. */
class StartIT {

    private static final String PLAIN = "plain-client-secret";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    static Stream<Arguments> startsThatFail() throws IOException {
        String key = "it must be 32 random bytes in base64 (openssl rand -base64 32)";
        return Stream.of(
                Arguments.of(
                        Map.of("database.url", ""),
                        "database.url is not set. Choose PostgreSQL (jdbc:postgresql://host/name), or,"
                                + " for one instance on a durable volume, an H2 file (jdbc:h2:file:..., see application.properties)."),
                Arguments.of(
                        Map.of("sealing.keys", ""),
                        "sealing.keys is not set: it must be <id>:<key>, and a key is 32 random bytes in base64 (openssl rand -base64 32)"),
                Arguments.of(
                        Map.of("sealing.keys", "1:ZGVtby1zZXR0aW5ncy1vbmx5LW5vdC1hLXNlY3JldCE="),
                        "sealing.keys has the key 1, which can be guessed: " + key),
                Arguments.of(
                        Map.of("oauth2.client.optum.secret", PLAIN),
                        "oauth2.client.optum.secret must be a PBKDF2 hash (docs/clients.md);"
                                + " plain secrets are for the demo settings only"),
                Arguments.of(
                        Map.of("oauth2.client.optum.secret", "pbkdf2-sha256$1$AAEC$AAEC"),
                        "oauth2.client.optum.secret is no usable hash"),
                Arguments.of(Map.of("oauth2.client.optum.secret", " "), "oauth2.client.optum.secret is empty"),
                Arguments.of(
                        Map.of("demo.enabled", "true", "http.host", "0.0.0.0"),
                        "the demo settings have known passwords: http.host must be 127.0.0.1"),
                Arguments.of(Map.of("inbox.batch-size", "many"), "inbox.batch-size must be a whole number"),
                accessRc("must be hmac, header, basic or none; empty: off", "auth", "hmacs", "secrets", PLAIN),
                accessRc("secrets is empty, and hmac needs it", "secrets", " , ", "auth", "hmac"),
                accessRc("secrets is empty, and header needs it", "secrets", "", "auth", "header"),
                accessRc(
                        "header-name is empty, and header needs it",
                        "header-name",
                        "",
                        "auth",
                        "header",
                        "secrets",
                        PLAIN),
                accessRc(
                        "header-name is no name of a header",
                        "header-name",
                        "x key",
                        "auth",
                        "header",
                        "secrets",
                        PLAIN),
                accessRc("username is empty, and basic needs it", "username", "", "auth", "basic", "password", PLAIN),
                accessRc("password is empty, and basic needs it", "password", " ", "auth", "basic", "username", "u"),
                accessRc("username must not have a colon", "username", "u:", "auth", "basic", "password", PLAIN),
                accessRc("form-file cannot be read: nowhere.json", "form-file", "nowhere.json"),
                accessRc("form-file is not JSON: README.md", "form-file", "README.md"),
                Arguments.of(
                        Map.of("http.tls.certificate", "nowhere.pem", "http.tls.key", "nowhere.pem"),
                        "http.tls.certificate cannot be read: nowhere.pem"),
                foreignTls("camel.ssl.clientAuthentication", "REQUIRE"),
                foreignTls("camel.ssl.secureSocketProtocol", "TLSv1.3"),
                foreignTls("camel.server.useGlobalSslContextParameters", "true"),
                foreignTls("camel.server.use-global-ssl-context-parameters", "true"),
                Arguments.of(
                        Map.of("http.request-headers", "x-tenant, CamelHttpUri"),
                        "http.request-headers must not have headers that Camel listens to: camelhttpuri"),
                Arguments.of(
                        Map.of("callback.allowed-networks", "127.0.0.0/8"),
                        "callback.allowed-networks: 127.0.0.0/8 is not within a network that can be opened:"
                                + " 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"),
                Arguments.of(
                        Map.of("callback.proxy", "proxy.internal:3128", "callback.allowed-hosts", "*"),
                        "callback.proxy must be http://host:port"),
                Arguments.of(
                        Map.of("callback.trust-store", "nowhere.p12"),
                        "callback.trust-store cannot be read: nowhere.p12"),
                Arguments.of(
                        Map.of("callback.circuit-pauses", ""), "callback.circuit-pauses must have at least one pause"),
                Arguments.of(
                        Map.of("callback.retry-after-min", "2h", "callback.retry-after-max", "1h"),
                        "callback.retry-after-min must not be more than callback.retry-after-max"),
                Arguments.of(Map.of("oauth2.secret-overlap", "169h"), "oauth2.secret-overlap must be at most 168h"),
                Arguments.of(
                        Map.of("oauth2.client.optum.tenants", "\u00fc".repeat(2_250)),
                        "oauth2.client.optum.tenants does not fit into a token: make several clients, or use *"),
                Arguments.of(
                        Map.of("sender.develop-health.dedup-window", "soon"),
                        "sender.develop-health.dedup-window must be a time such as 90s, 10m or 1h"),
                Arguments.of(
                        Map.of("webhook.drop-ins", withASchema("target/drop ins")),
                        "a schema cannot have blanks and the like in its path: file:target/drop ins/schemas/x/y.schema.json"),
                Arguments.of(
                        Map.of("sender.optum-connections.invalid-signature-status", "200"),
                        "sender.optum-connections.invalid-signature-status must be 400 or 401"));
    }

    private static String withASchema(String folder) throws IOException {
        Path schemas = Files.createDirectories(Path.of(folder, "schemas", "x"));
        Files.writeString(schemas.resolve("y.schema.json"), "{}");
        return folder;
    }

    /** What Camel ignores on its HTTP server, or some of it. */
    private static Arguments foreignTls(String property, String value) {
        return Arguments.of(Map.of(property, value), foreignTls(property));
    }

    private static String foreignTls(String property) {
        return property + " is not what secures the server here: set http.tls.certificate and the others of http.tls"
                + " (docs/configuration.md)";
    }

    /** Names and values of settings of AccessRC, the first of which the sentence begins with. */
    private static Arguments accessRc(String sentence, String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            properties.put("sender.accessrc." + settings[i], settings[i + 1]);
        }
        String subject = sentence.startsWith(settings[0]) ? "" : settings[0] + " ";
        return Arguments.of(properties, "sender.accessrc." + subject + sentence);
    }

    /** Nothing would be accepted, or delivered, and nobody would be told why: some settings of each part. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.max-requests",
                "http.max-headers",
                "http.max-connections",
                "http.head-timeout-seconds",
                "http.answer-timeout-seconds",
                "http.tls.reload-seconds",
                "http.worker-threads",
                "database.pool-size",
                "jdbc.query-timeout-seconds",
                "inbox.batch-size",
                "inbox.commit-timeout-seconds",
                "delivery.lease-seconds",
                "delivery.sweep-interval-ms",
                "callback.workers",
                "callback.timeout-seconds",
                "callback.circuit-failures",
                "callback.payload-bytes",
                "callback.echo-max-waiting",
                "oauth2.token-lifetime-seconds",
                "sender.optum-connections.import-max-items"
            })
    void noneOfWhatIsNeededStopsTheStart(String key) {
        aSettingThatCannotWorkStopsTheStartWithAClearSentence(Map.of(key, "0"), key + " must be at least 1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("startsThatFail")
    void aSettingThatCannotWorkStopsTheStartWithAClearSentence(Map<String, String> settings, String sentence) {
        RuntimeException failed =
                assertThrows(RuntimeException.class, () -> Bundle.start(TestDatabase.H2.create(), settings)
                        .close());
        List<String> messages = new ArrayList<>();
        ObjectHelper.createExceptionIterable(failed).forEach(cause -> messages.add(cause.getMessage()));
        assertTrue(messages.contains(sentence), () -> "not said in " + messages);
        assertFalse(messages.toString().contains(PLAIN), "told the secret");
    }

    @Test
    void camelsTlsOfTheJvmStopsTheStart() {
        String property = "camel.ssl.secureSocketProtocol";
        System.setProperty(property, "TLSv1.3");
        try {
            aSettingThatCannotWorkStopsTheStartWithAClearSentence(Map.of(), foreignTls(property));
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void camelsTlsOfTheEnvironmentStopsTheStart() throws Exception {
        Properties settings = Bundle.settings(TestDatabase.H2.create());
        Jvm jvm = Jvm.QUICK.before("env", "CAMEL_SSL_CLIENTAUTHENTICATION=REQUIRE");
        try (BundleProcess child = BundleProcess.launch("start-with-camels-tls", settings, jvm)) {
            assertEquals(1, child.exitCode(PATIENCE));
            assertTrue(child.output().contains(foreignTls("camel.ssl.clientauthentication")));
        }
    }

    @Test
    void aProcessWhoseStartFailsSaysWhyAndEnds() throws Exception {
        Properties settings = Bundle.settings(TestDatabase.H2.create());
        settings.setProperty("oauth2.client.optum.secret", PLAIN);
        try (BundleProcess child = BundleProcess.launch("start-that-fails", settings)) {
            assertEquals(1, child.exitCode(PATIENCE));
            assertTrue(child.output().contains("oauth2.client.optum.secret must be a PBKDF2 hash (docs/clients.md)"));
            assertFalse(child.output().contains(PLAIN));
        }
    }

    /** At INFO, as production runs: from the start, through tokens, refusals and a delivery, to the end. */
    @Test
    void noSecretIsInTheLog() throws Exception {
        Properties settings = Bundle.settings(TestDatabase.H2.create());
        String secret = "s3cret+of a/client%21";
        String hash = SecretHash.of(secret);
        settings.setProperty("oauth2.client.optum.secret", hash);
        settings.setProperty("sender.develop-health.secrets", "a-webhook-secret, another-webhook-secret");
        settings.setProperty("sender.accessrc.auth", "basic");
        settings.setProperty("sender.accessrc.username", "accessrc");
        settings.setProperty("sender.accessrc.password", "an-accessrc-password");
        String jwt = Jwts.of("another-webhook-secret");
        List<String> secrets = new ArrayList<>(List.of(
                "a-webhook-secret",
                "another-webhook-secret",
                "an-accessrc-password",
                basic("accessrc", "an-accessrc-password"),
                jwt.substring(jwt.lastIndexOf('.') + 1),
                settings.getProperty("database.password"),
                settings.getProperty("sealing.keys"),
                hash,
                hash.substring(hash.lastIndexOf('$') + 1),
                secret,
                basic("optum", secret),
                "a-wrong-secret",
                "Marker-in-the-name"));
        try (BundleProcess child = BundleProcess.start("start-without-secrets", settings)) {
            String body = Bundle.JSON
                    .createObjectNode()
                    .put("grant_type", "client_credentials")
                    .put("client_id", "optum")
                    .put("client_secret", secret)
                    .toString();
            HttpResponse<String> issued = child.send(token(child, "application/json", body));
            assertEquals(200, issued.statusCode());
            String token = Bundle.json(issued).get("access_token").asText();
            secrets.addAll(List.of(token.split("\\.")));

            ObjectNode named = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(UUID.randomUUID()));
            byte[] task = Bundle.JSON.writeValueAsBytes(named.put("name", "Marker-in-the-name"));
            String form = "grant_type=client_credentials";
            assertAll(
                    () -> assertStatus(
                            200,
                            child,
                            token(child, "application/x-www-form-urlencoded", form)
                                    .header("Authorization", "Basic " + basic("optum", secret))),
                    () -> assertStatus(
                            401, child, token(child, "application/json", body.replace(secret, "a-wrong-secret"))),
                    () -> assertStatus(
                            401, child, token(child, "application/json", body.replace("\"optum\"", "\"nobody\""))),
                    () -> assertStatus(400, child, token(child, "application/x-www-form-urlencoded", body)),
                    () -> assertStatus(400, child, token(child, "application/json", body.replace("}", ""))),
                    () -> assertStatus(204, child, webhook(child, token, task)),
                    () -> assertStatus(
                            400,
                            child,
                            webhook(
                                    child,
                                    token,
                                    "{\"name\":\"Marker-in-the-name\"}".getBytes(StandardCharsets.UTF_8))),
                    () -> assertStatus(401, child, webhook(child, token + "x", task)),
                    () -> assertStatus(202, child, developHealth(child, jwt)),
                    () -> assertStatus(401, child, developHealth(child, jwt + "x")),
                    () -> assertStatus(200, child, accessRc(child, "Marker-in-the-name", "an-accessrc-password")),
                    () -> assertStatus(400, child, accessRc(child, "BENEFICIARY_SYNC", "an-accessrc-password")),
                    () -> assertStatus(400, child, accessRc(child, "Marker-in-the-name/x", "an-accessrc-password")),
                    () -> assertStatus(401, child, accessRc(child, "Marker-in-the-name", "a-wrong-secret")),
                    () -> assertStatus(
                            403,
                            child,
                            HttpRequest.newBuilder(child.uri("/events")).header("Authorization", "Bearer " + token)));
            await().atMost(PATIENCE).until(() -> child.output().contains("delivered"));
            getUndecodable(child);
            child.terminate();
            child.exitCode(PATIENCE);
            String log = child.output();
            assertTrue(log.contains("token issued client=optum"), log);
            assertTrue(log.contains("refused"), log);
            assertFalse(log.contains(" ERROR "), log);
            for (String value : secrets) {
                assertFalse(log.contains(value), () -> "in the log: " + value + "\n" + log);
            }
        }
    }

    /** Which no client would send, and nobody without a token shall fill the log with. */
    private static void getUndecodable(BundleProcess child) throws Exception {
        URI address = child.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /events?limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains(" 400 "));
        }
    }

    private static String basic(String id, String secret) {
        return Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder token(BundleProcess child, String contentType, String body) {
        return HttpRequest.newBuilder(child.uri("/oauth2/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder webhook(BundleProcess child, String token, byte[] body) {
        return HttpRequest.newBuilder(child.uri("/webhooks/coverage-discovery"))
                .header("Authorization", "Bearer " + token)
                .header("x-optum-tenant-id", Bundle.TENANT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder developHealth(BundleProcess child, String jwt) {
        return HttpRequest.newBuilder(child.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", jwt)
                .POST(BodyPublishers.ofString("{\"event_type\":\"Marker-in-the-name\"}"));
    }

    private static HttpRequest.Builder accessRc(BundleProcess child, String event, String password) {
        String body =
                event.equals("BENEFICIARY_SYNC") ? "[\"Marker-in-the-name\"]" : "{\"name\":\"Marker-in-the-name\"}";
        return HttpRequest.newBuilder(child.uri("/webhooks/accessrc/" + event))
                .header("Authorization", "Basic " + basic("accessrc", password))
                .POST(BodyPublishers.ofString(body));
    }

    private static void assertStatus(int status, BundleProcess child, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = child.send(request);
        assertEquals(status, response.statusCode(), response.body());
    }

    @Test
    void readinessFollowsTheDatabaseAndLivenessDoesNot() throws Exception {
        Path data = folder.resolve("postgresql");
        int port = Bundle.freePort();
        EmbeddedPostgres database = postgres(data, port);
        try {
            Properties settings = new Properties();
            settings.setProperty("database.url", database.getJdbcUrl("postgres", "postgres"));
            settings.setProperty("database.user", "postgres");
            settings.setProperty("database.password", "postgres");
            try (Bundle bundle = Bundle.start(settings, Map.of("metrics.database-seconds", "1"))) {
                HttpResponse<String> ready = health(bundle, "ready");
                assertEquals(200, ready.statusCode());
                assertEquals("UP", Bundle.json(ready).get("status").asText());
                assertEquals(
                        404,
                        bundle.send(HttpRequest.newBuilder(bundle.uri("/observe/health/ready")))
                                .statusCode(),
                        "health is on the management port only");

                database.close();
                await().atMost(PATIENCE).until(() -> health(bundle, "ready").statusCode() == 503);
                assertEquals(
                        "DOWN",
                        Bundle.json(health(bundle, "ready")).get("status").asText());
                assertEquals(200, health(bundle, "live").statusCode());
                await().atMost(PATIENCE).until(() -> circuits(bundle).isNaN());

                database = postgres(data, port);
                await().atMost(PATIENCE).until(() -> health(bundle, "ready").statusCode() == 200);
                await().atMost(PATIENCE).until(() -> circuits(bundle) == 0);
            }
        } finally {
            database.close();
        }
    }

    /** One of the figures that are read from the database. */
    private static Double circuits(Bundle bundle) throws Exception {
        return MetricsDoc.series(bundle.scrape()).get("webhook_circuits_open");
    }

    private static HttpResponse<String> health(Bundle bundle, String kind) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(bundle.management("/observe/health/" + kind))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** A PostgreSQL of this test's own, which can be ended and started again with what it has. */
    private static EmbeddedPostgres postgres(Path data, int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }
}
