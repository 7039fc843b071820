package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

/** What operators ask over HTTP, on both databases: it must find, page, and keep the payload to itself. */
@ParameterizedClass
@EnumSource
class EventsApiIT {

    /** In every payload, and in nothing that an operator may see. */
    private static final String MARKER = "Mrs. Marker 1970-01-01";

    private static final String OTHER_TENANT = "tenant-2";

    private static Bundle bundle;
    private static String operator;
    private static String auditor;

    /** What was posted, by a name of its own; the value is the event's id. */
    private static final Map<String, String> POSTED = new LinkedHashMap<>();

    private static final Map<String, byte[]> PAYLOADS = new LinkedHashMap<>();
    private static String betweenThirdAndFourth;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(
                database.create(), Map.of("oauth2.client.optum.tenants", Bundle.TENANT + ", " + OTHER_TENANT));
        operator = bundle.token("operator");
        auditor = bundle.token("auditor");
        POSTED.clear();
        post("succeeded", Bundle.TENANT, task("success"), 204);
        post("failed", OTHER_TENANT, task("failure"), 204);
        post("pending", Bundle.TENANT, task("pending"), 204);
        betweenThirdAndFourth = Instant.now().toString();
        post("unheard-of", OTHER_TENANT, task("unheard-of"), 204);
        post("not-json", Bundle.TENANT, ("{ \"name\": \"" + MARKER).getBytes(StandardCharsets.UTF_8), 400);
        post("not-utf8", Bundle.TENANT, ("ä " + MARKER).getBytes(StandardCharsets.ISO_8859_1), 400);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> names("delivery=delivered").size() == 3);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    private static byte[] task(String status) throws Exception {
        ObjectNode task = (ObjectNode)
                Bundle.JSON.readTree(Fixtures.bytes("coverage-discovery/valid/01-success-chained-everything.json"));
        task.put("id", "task-" + UUID.randomUUID());
        task.put("status", status);
        task.put("name", MARKER);
        return Bundle.JSON.writeValueAsBytes(task);
    }

    private static void post(String name, String tenant, byte[] payload, int status) throws Exception {
        HttpResponse<String> response = deliver(tenant, "correlation-" + name, payload);
        assertEquals(status, response.statusCode(), response.body());
        POSTED.put(
                name,
                bundle.get(operator, "/events?correlationId=correlation-" + name)
                        .at("/events/0/id")
                        .asText());
        PAYLOADS.put(name, payload);
    }

    private static HttpResponse<String> deliver(String tenant, String correlationId, byte[] payload) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                .header("Authorization", "Bearer " + bundle.token("optum"))
                .header("x-optum-tenant-id", tenant)
                .header("x-optum-correlation-id", correlationId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(payload)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console", "/console/login", "/console/events", "/console/assets/pico.css", "/console/nothing"})
    void thereIsNoConsoleUnlessItIsSwitchedOn(String path) throws Exception {
        HttpResponse<String> nothing = get(operator, "/nothing");
        for (String method : List.of("GET", "POST")) {
            HttpResponse<String> response =
                    bundle.send(HttpRequest.newBuilder(bundle.uri(path)).method(method, BodyPublishers.noBody()));
            assertEquals(404, response.statusCode());
            assertEquals(nothing.body(), response.body());
        }
    }

    private static HttpResponse<String> get(String token, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path));
        return bundle.send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    /** The names of the posted events that the query finds. */
    private static Set<String> names(String query) throws Exception {
        Set<String> found = new HashSet<>();
        bundle.get(operator, "/events?limit=100&" + query)
                .get("events")
                .forEach(event -> found.add(event.get("id").asText()));
        Set<String> names = new TreeSet<>();
        POSTED.forEach((name, id) -> {
            if (found.contains(id)) {
                names.add(name);
            }
        });
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "sender=coverage-discovery, succeeded failed pending unheard-of not-json not-utf8",
        "sender=accessrc, ''",
        "sender=, ''",
        "type=task, succeeded failed pending unheard-of not-json not-utf8",
        "type=tasks, ''",
        "status=success, succeeded",
        "status=unheard-of, unheard-of",
        "tenant=tenant-1, succeeded pending not-json not-utf8",
        "tenant=tenant-2, failed unheard-of",
        "tenant=tenant-1%27%20or%201=1--, ''",
        "correlationId=correlation-failed, failed",
        "state=accepted, succeeded failed pending",
        "state=parked, unheard-of",
        "state=quarantined, not-json not-utf8",
        "delivery=delivered, succeeded failed pending",
        "delivery=dead, ''",
        "tenant=tenant-1&state=accepted&status=pending, pending",
        "from=2020-01-01T00:00:00Z, succeeded failed pending unheard-of not-json not-utf8",
        "from=2020-01-01T00:00:00%2B02:00&status=success, succeeded",
        "from=2100-01-01T00:00:00Z, ''",
        "to=2020-01-01T00:00:00Z, ''",
        "to=2100-01-01T00:00:00Z&state=parked, unheard-of"
    })
    void aFilterFindsWhatItSaysAndNothingElse(String query, String expected) throws Exception {
        assertEquals(
                new TreeSet<>(expected.isEmpty() ? List.of() : List.of(expected.split(" "))),
                new TreeSet<>(names(query)));
    }

    @Test
    void theSubjectAndTheTimeOfReceiptFindEvents() throws Exception {
        JsonNode failed = bundle.get(operator, "/events/" + POSTED.get("failed"));
        assertEquals(Set.of("failed"), names("subject=" + failed.get("subject").asText()));
        assertEquals(Set.of("succeeded", "failed", "pending"), names("to=" + betweenThirdAndFourth));
        assertEquals(Set.of("unheard-of", "not-json", "not-utf8"), names("from=" + betweenThirdAndFourth));
        String receivedAt = failed.get("receivedAt").asText();
        assertTrue(names("from=" + receivedAt).contains("failed"), "from includes its time");
        assertFalse(names("to=" + receivedAt).contains("failed"), "to excludes its time");
    }

    @Test
    void theNewestEventComesFirst() throws Exception {
        List<Long> sequences = new ArrayList<>();
        bundle.get(operator, "/events")
                .get("events")
                .forEach(event -> sequences.add(event.get("sequence").asLong()));
        assertEquals(sequences.stream().sorted((a, b) -> Long.compare(b, a)).toList(), sequences);
    }

    @Test
    void pagesHaveNoGapsAndNoRepeatsWhileNewEventsComeIn() throws Exception {
        String correlationId = "paging-" + UUID.randomUUID();
        for (int i = 0; i < 23; i++) {
            deliver(Bundle.TENANT, correlationId, task("success"));
        }
        List<String> all = new ArrayList<>();
        JsonNode whole = bundle.get(operator, "/events?limit=100&correlationId=" + correlationId);
        whole.get("events").forEach(event -> all.add(event.get("id").asText()));
        assertEquals(23, all.size());
        assertFalse(whole.has("next"), "the last page has no next");

        List<String> paged = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = bundle.get(operator, "/events?limit=5&correlationId=" + correlationId + cursor);
            sizes.add(page.get("events").size());
            page.get("events").forEach(event -> paged.add(event.get("id").asText()));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : null;
            deliver(Bundle.TENANT, correlationId, task("success"));
        }
        assertEquals(all, paged);
        assertEquals(List.of(5, 5, 5, 5, 3), sizes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=ten",
                "limit=1.5",
                "limit=",
                "limit=99999999999999999999",
                "cursor=0",
                "cursor=-1",
                "cursor=abc",
                "cursor=99999999999999999999",
                "from=yesterday",
                "from=2026-03-02",
                "from=2026-03-02T10:15:30",
                "from=",
                "from=-999999999-01-01T00:00:00Z",
                "to=%2B999999999-12-31T00:00:00Z",
                "colour=red",
                "Sender=coverage-discovery",
                "correlation_id=x",
                "=x",
                "id=x",
                "sender=a&sender=b",
                "limit=5&limit=5",
                "subject=%00"
            })
    void aBadParameterIsRefused(String query) throws Exception {
        HttpResponse<String> response = get(operator, "/events?" + query);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
        JsonNode answer = Bundle.json(response);
        assertEquals("invalid_request", answer.get("error").asText());
        assertFalse(answer.get("error_description").asText().isBlank());
    }

    /** Sent by hand: Java's own client would not let such a path or query pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/events?subject=%zz", "/events?subject=%", "/events?%zz=1", "/events/%zz", "/events/%zz/payload"
            })
    void aBrokenEscapeIsRefused(String target) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + operator + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
            assertTrue(response.contains("\"error\":\"invalid_request\""), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1", "limit=100", "cursor=1", "cursor=999999999999999999", ""})
    void theBoundsThemselvesAreTaken(String query) throws Exception {
        assertEquals(200, get(operator, "/events?" + query).statusCode());
    }

    @Test
    void oneEventShowsItsDeliveriesAndTheirAttempts() throws Exception {
        JsonNode event = bundle.get(operator, "/events/" + POSTED.get("succeeded"));
        assertEquals(POSTED.get("succeeded"), event.get("id").asText());
        assertEquals("coverage-discovery", event.get("sender").asText());
        assertEquals("task", event.get("type").asText());
        assertEquals("success", event.get("status").asText());
        assertEquals(Bundle.TENANT, event.get("tenant").asText());
        assertEquals("correlation-succeeded", event.get("correlationId").asText());
        assertEquals("accepted", event.get("state").asText());
        assertFalse(event.get("test").booleanValue());
        assertEquals(1, event.get("deliveries").size());
        JsonNode delivery = event.at("/deliveries/0");
        assertEquals("jdbc/coverage_discovery_task", delivery.get("destination").asText());
        assertEquals("delivered", delivery.get("state").asText());
        assertFalse(delivery.get("finishedAt").isNull());
        assertEquals(1, delivery.get("attempts").size());
        JsonNode attempt = delivery.at("/attempts/0");
        assertEquals("delivered", attempt.get("outcome").asText());
        assertTrue(attempt.get("durationMs").asLong() >= 0);
        assertFalse(Instant.parse(attempt.get("startedAt").asText())
                .isBefore(Instant.parse(event.get("receivedAt").asText()).minusSeconds(60)));
    }

    @Test
    void theListShowsAnEventAsItIsShownAlone() throws Exception {
        JsonNode alone = bundle.get(operator, "/events/" + POSTED.get("failed"));
        assertEquals(
                alone,
                bundle.get(operator, "/events?correlationId=correlation-failed").at("/events/0"));
    }

    @Test
    void aQuarantinedEventTellsTheReason() throws Exception {
        JsonNode event = bundle.get(operator, "/events/" + POSTED.get("not-json"));
        assertEquals("quarantined", event.get("state").asText());
        assertEquals("not JSON", event.get("reason").asText());
        assertEquals(0, event.get("deliveries").size());
    }

    @Test
    void theReasonNamesEachPlaceThatIsNotAsItsSchemaAsks() throws Exception {
        byte[] task = ("{\"id\": 5, \"status\": \"\", \"name\": \"" + MARKER + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = deliver(Bundle.TENANT, "correlation-places", task);
        assertEquals(400, answer.statusCode());
        JsonNode listed = bundle.get(operator, "/events?state=quarantined&correlationId=correlation-places")
                .at("/events/0");
        String reason = listed.get("reason").asText();
        for (String place : List.of("$.id type", "$.status minLength", "$ required discoveryPaths")) {
            assertTrue(reason.contains(place), reason);
        }
        assertEquals(listed, bundle.get(operator, "/events/" + listed.get("id").asText()));
    }

    @ParameterizedTest
    @CsvSource({
        "/events/00000000-0000-4000-8000-000000000000, 404, not_found",
        "/events/00000000-0000-4000-8000-000000000000/payload?reason=x, 404, not_found",
        "/events/00000000-0000-4000-8000-000000000000/payload, 400, invalid_request",
        "/events/00000000-0000-4000-8000-000000000000/payload?reason=%20, 400, invalid_request",
        "/events/not-a-uuid, 400, invalid_request",
        "/events/not-a-uuid/payload?reason=x, 400, invalid_request",
        "/events/00000000-0000-4000-8000-000000000000?payload=true, 400, invalid_request",
        "/events/%00, 400, invalid_request",
        "/events/a/b/c, 404, not_found"
    })
    void whatIsNotThereOrNoIdIsSaidSo(String path, int status, String error) throws Exception {
        long audited = audits();
        HttpResponse<String> response = get(auditor, path);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(error, Bundle.json(response).get("error").asText());
        assertEquals(audited, audits());
    }

    @Test
    void aCallerNeedsATokenWithTheScope() throws Exception {
        String event = "/events/" + POSTED.get("succeeded");
        String sender = bundle.token("optum");
        for (String path : List.of("/events", event, event + "/payload")) {
            long audited = audits();
            assertRefused(401, "missing_token", "Bearer", get(null, path));
            assertRefused(401, "invalid_token", "Bearer error=\"invalid_token\"", get("x.y.z", path));
            assertRefused(401, "invalid_token", "Bearer error=\"invalid_token\"", get(auditor + "x", path));
            assertRefused(403, "insufficient_scope", "Bearer error=\"insufficient_scope\"", get(sender, path));
            assertRefused(401, "missing_token", "Bearer", get(null, path + "?access_token=" + auditor));
            assertEquals(audited, audits());
        }
    }

    private static void assertRefused(int status, String error, String challenge, HttpResponse<String> response)
            throws Exception {
        assertEquals(status, response.statusCode());
        assertEquals(error, Bundle.json(response).get("error").asText());
        assertEquals(
                challenge, response.headers().firstValue("WWW-Authenticate").orElse(""));
        assertFalse(response.body().contains(MARKER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "unheard-of", "not-json", "not-utf8"})
    void aPayloadIsReadAsItCameAndTheReaderIsWrittenDown(String name) throws Exception {
        String id = POSTED.get(name);
        long audited = audits();
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(bundle.uri("/events/" + id + "/payload?reason=ticket%2042"))
                                .header("Authorization", "Bearer " + auditor)
                                .build(),
                        BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        assertArrayEquals(PAYLOADS.get(name), response.body());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(audited + 1, audits());
        Map<String, Object> last = bundle.rows(
                        "select actor, action, target, detail from audit order by audit_id desc limit 1")
                .get(0);
        assertEquals(
                Map.of(
                        "actor",
                        "auditor",
                        "action",
                        "read payload",
                        "target",
                        "event " + id,
                        "detail",
                        "reason: ticket 42"),
                last);
    }

    @Test
    void operatorsDoNotReadPayloadsAndMetadataHasNothingOfThem() throws Exception {
        long audited = audits();
        for (String id : POSTED.values()) {
            HttpResponse<String> refused = get(operator, "/events/" + id + "/payload");
            assertRefused(403, "insufficient_scope", "Bearer error=\"insufficient_scope\"", refused);
            assertFalse(get(operator, "/events/" + id).body().contains("Marker"));
        }
        assertFalse(get(operator, "/events?limit=100").body().contains("Marker"));
        assertEquals(audited, audits());
        assertNotEquals(0, POSTED.size());
    }

    private static long audits() {
        return Long.parseLong(bundle.select("select count(*) from audit"));
    }

    /** On H2 a statement's time limit stays with its connection, and a commit may be the next to use that. */
    @Test
    void theTimeLimitOfAListIsNotLeftOnItsConnection() throws Exception {
        bundle.get(bundle.token("operator"), "/events");
        for (int i = 0; i < 20; i++) {
            int seconds = bundle.database().with(handle -> {
                try (Statement statement = handle.getConnection().createStatement()) {
                    return statement.getQueryTimeout();
                }
            });
            assertEquals(0, seconds);
        }
    }
}
