package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.EntryHeaders;
import routes.support.Fixtures;
import routes.support.TestDatabase;

/** Hostile and mistaken requests: each gets a clear JSON error, and none but an authenticated one leaves anything behind. */
class HttpLimitsIT {

    private static Bundle bundle;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "http.max-body-size", "100000",
                        "http.max-bytes-in-progress", "250000",
                        "http.request-timeout-seconds", "3"));
        token = bundle.token("optum");
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    @AfterEach
    void forget() {
        bundle.database().with(handle -> handle.execute("delete from delivery"));
        bundle.database().with(handle -> handle.execute("delete from event"));
    }

    /** Name, path, request, status, word of the error, events left behind. */
    static Stream<Arguments> refused() {
        byte[] task = Fixtures.failedTask(UUID.randomUUID());
        String webhook = "/webhooks/coverage-discovery";
        return Stream.of(
                row("unknown path", "/webhooks/nobody", post(task), 404, "not_found", 0),
                row("root", "/", HttpRequest.Builder::GET, 404, "not_found", 0),
                row("prefix of a path", "/webhooks", post(task), 404, "not_found", 0),
                row("path with more behind it", webhook + "/x", post(task), 404, "not_found", 0),
                row("method", webhook, HttpRequest.Builder::GET, 405, "method_not_allowed", 0),
                row("method of the token", "/oauth2/token", HttpRequest.Builder::GET, 405, "method_not_allowed", 0),
                row("method of the events", "/events", post(task), 405, "method_not_allowed", 0),
                row("body too large", webhook, post(new byte[100_001]), 413, "invalid_request", 0),
                row("chunked body too large", webhook, chunked(new byte[100_001]), 413, "invalid_request", 0),
                row("query", webhook + "?a=b", post(task), 400, "invalid_request", 0),
                row("slash too many", "/" + webhook, post(task), 400, "invalid_request", 0),
                row("dots in the path", "/x/.." + webhook, post(task), 400, "invalid_request", 0),
                row(
                        "needless escape",
                        webhook.replace("coverage", "c%6fverage"),
                        post(task),
                        400,
                        "invalid_request",
                        0),
                row("token in the query", webhook + "?Authorization=x", post(task), 400, "invalid_request", 0),
                row("long request line", webhook + "/" + "x".repeat(5_000), post(task), 414, "invalid_request", 0),
                row("large headers", webhook, header("x-large", "x".repeat(20_000)), 431, "invalid_request", 0),
                row("form", webhook, form("a=b"), 415, "invalid_request", 0),
                row("form that is none", webhook, form("{\"%\"}"), 415, "invalid_request", 0),
                row("multipart", webhook, type("multipart/form-data; boundary=x"), 415, "invalid_request", 0),
                row("text", webhook, type("text/plain"), 415, "invalid_request", 1),
                row("another charset", webhook, type("application/json; charset=utf-16"), 415, "invalid_request", 1),
                row("compressed", webhook, header("Content-Encoding", "gzip"), 415, "invalid_request", 1),
                row("no body", webhook, post(new byte[0]), 400, "invalid_request", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedInJson(
            String name, String path, UnaryOperator<HttpRequest.Builder> change, int status, String error, int events)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path))
                .setHeader("Authorization", "Bearer " + token)
                .setHeader("x-optum-tenant-id", Bundle.TENANT)
                .setHeader("x-echo", "do-not-echo")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
        HttpResponse<String> response = bundle.send(change.apply(request));

        assertEquals(status, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("application/json"));
        JsonNode body = Bundle.json(response);
        assertEquals(error, body.get("error").asText());
        assertFalse(body.get("error_description").asText().isBlank());
        assertFalse(response.headers().map().toString().contains("do-not-echo"));
        assertEquals(Integer.toString(events), bundle.select("select count(*) from event"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void withoutATokenNothingIsEverStored(
            String name, String path, UnaryOperator<HttpRequest.Builder> change, int status, String error, int events)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path))
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
        HttpResponse<String> response = bundle.send(change.apply(request));
        assertTrue(response.statusCode() >= 400 && response.statusCode() < 500);
        Bundle.json(response);
        assertEquals("0", bundle.select("select count(*) from event"));
    }

    @ParameterizedTest
    @MethodSource("contentTypes")
    void jsonComesUnderSeveralNames(String contentType) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                .header("Authorization", "bearer " + token)
                .header("X-OPTUM-TENANT-ID", Bundle.TENANT)
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        assertEquals(204, bundle.send(request).statusCode());
    }

    static Stream<String> contentTypes() {
        return Stream.of(
                null,
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "application/vnd.optum.task+json");
    }

    @Test
    void whatIsNotHttpIsAnsweredInJsonToo() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = read(socket.getInputStream());
            assertTrue(answer.contains(" 400 "), answer);
            assertTrue(answer.contains("\"error\":\"invalid_request\""), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events?limit=%zz",
                "/events?%",
                "/partners/x/callbacks?offset=%zz",
                "/webhooks/coverage-discovery?a=%f",
                "/nowhere?%zz",
                "/events/%zz",
                "/%"
            })
    void whatCannotBeDecodedIsAnsweredInJsonToo(String address) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            socket.getOutputStream()
                    .write(("GET " + address + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = read(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("\"error\":\"invalid_request\""), answer);
        }
    }

    /** Three bodies of nearly 100 kB, none of them whole, are more than the 250 kB that may be in progress. */
    @Test
    void moreBodiesAtOnceThanFitInMemoryAreAnswered503() throws Exception {
        String head = "POST /webhooks/coverage-discovery HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
        byte[] request = (head + "x".repeat(99_000)).getBytes(StandardCharsets.US_ASCII);
        try (Socket one = new Socket("127.0.0.1", bundle.port());
                Socket two = new Socket("127.0.0.1", bundle.port());
                Socket three = new Socket("127.0.0.1", bundle.port())) {
            String answer = "";
            for (Socket socket : new Socket[] {one, two, three}) {
                socket.getOutputStream().write(request);
            }
            for (Socket socket : new Socket[] {one, two, three}) {
                answer += read(socket.getInputStream());
            }
            assertTrue(answer.contains(" 503 "), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("retry-after"), answer);
        }
        // the places are free again
        await().until(() ->
                bundle.post(token, Fixtures.failedTask(UUID.randomUUID())).statusCode() == 204);
    }

    @Test
    void aRequestThatDoesNotComeWholeIsAnswered408() throws Exception {
        String request = "POST /webhooks/coverage-discovery HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = read(socket.getInputStream());
            assertTrue(answer.contains(" 408 "), answer);
            assertTrue(answer.contains("\"error\":\"invalid_request\""), answer);
        }
    }

    @Test
    void nothingIsWrittenToFilesForAnybody() throws Exception {
        String part = "--x\r\nContent-Disposition: form-data; name=a; filename=a.txt\r\n\r\nhello\r\n--x--\r\n";
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(part));
        assertEquals(415, bundle.send(request).statusCode());
        assertFalse(Files.exists(Path.of("file-uploads")));
    }

    /** Headers, query parameters and form fields that components of Camel would take for options. */
    @Test
    void whatNoRouteAsksForReachesNone() throws Exception {
        List<String> names = List.of(
                "CamelHttpUri",
                "CAMELHTTPPATH",
                "camelFileName",
                "CamelKafkaOverrideTopic",
                "kafka.OVERRIDE_TOPIC",
                "Kafka.Key",
                "CamelSqlQuery",
                "CamelJdbcParameters",
                "org.apache.camel.kafka.x",
                "breadcrumbId",
                "x-echo");
        HttpRequest.Builder webhook = bundle.request(token)
                .setHeader("X-Optum-Correlation-ID", "visit-1")
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
        names.forEach(name -> webhook.header(name, "hostile"));
        String parameters = String.join("=hostile&", names) + "=hostile";

        try (EntryHeaders entered = new EntryHeaders(bundle.context())) {
            assertEquals(204, bundle.send(webhook).statusCode());
            assertEquals(Set.of("x-optum-tenant-id", "x-optum-correlation-id"), entered.names());
            assertEquals(
                    401,
                    bundle.send(HttpRequest.newBuilder(bundle.uri("/events?" + parameters)))
                            .statusCode());
            assertEquals(
                    400,
                    bundle.send(form(parameters).apply(HttpRequest.newBuilder(bundle.uri("/oauth2/token"))))
                            .statusCode());
            assertEquals(Set.of(), entered.names());
        }
    }

    private static String read(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static Arguments row(
            String name, String path, UnaryOperator<HttpRequest.Builder> change, int status, String error, int events) {
        return Arguments.of(name, path, change, status, error, events);
    }

    private static UnaryOperator<HttpRequest.Builder> post(byte[] body) {
        return request -> request.POST(BodyPublishers.ofByteArray(body));
    }

    private static UnaryOperator<HttpRequest.Builder> chunked(byte[] body) {
        return request -> request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)));
    }

    private static UnaryOperator<HttpRequest.Builder> form(String body) {
        return request ->
                type("application/x-www-form-urlencoded").apply(request).POST(BodyPublishers.ofString(body));
    }

    private static UnaryOperator<HttpRequest.Builder> type(String contentType) {
        return header("Content-Type", contentType);
    }

    private static UnaryOperator<HttpRequest.Builder> header(String name, String value) {
        return request -> request.setHeader(name, value);
    }
}
