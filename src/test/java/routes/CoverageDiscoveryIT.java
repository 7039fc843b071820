package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

/** The contract of the Coverage Discovery webhook over HTTP, and what is stored of each notification. */
@ParameterizedClass
@EnumSource
class CoverageDiscoveryIT {

    private static final TypeReference<List<Map<String, String>>> ROWS = new TypeReference<>() {};

    private static Bundle bundle;
    private static String token;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(database);
        token = bundle.token("optum");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    static Stream<Path> valid() {
        return Fixtures.in("coverage-discovery/valid");
    }

    static Stream<Path> invalid() {
        return Fixtures.in("coverage-discovery/invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidTaskIsAnswered204WithNothingAndBecomesItsRows(Path file) throws Exception {
        byte[] task = Files.readAllBytes(file);
        JsonNode json = Bundle.JSON.readTree(task);
        JsonNode expected = Fixtures.expected(file);
        HttpResponse<String> response = bundle.post(token, task);

        assertEquals(204, response.statusCode());
        assertEquals("", response.body());
        assertTrue(response.headers().firstValue("Content-Type").isEmpty());
        assertTrue(response.headers().firstValue("Transfer-Encoding").isEmpty());
        Map<String, Object> event = event(json.get("id").asText());
        assertEquals(expected.get("state").asText(), event.get("state"));
        assertEquals(json.get("status").asText(), event.get("status"));
        assertEquals("task", event.get("type"));
        assertEquals(Bundle.TENANT, event.get("tenant"));
        assertArrayEquals(task, bundle.payload(event));
        boolean ended = json.hasNonNull("endDateTime") || json.hasNonNull("endDatetime");
        assertEquals(ended, event.get("occurred_at") != null);
        for (Map.Entry<String, JsonNode> table : expected.get("rows").properties()) {
            assertEquals(
                    Bundle.JSON.convertValue(table.getValue(), ROWS),
                    rows(json, table.getKey()).stream()
                            .map(CoverageDiscoveryIT::told)
                            .toList());
        }
    }

    /** What a row tells as text: not what is null, nor what is the event's. */
    private static Map<String, String> told(Map<String, Object> row) {
        Map<String, String> told = new HashMap<>();
        row.forEach((column, value) -> {
            if (value != null && !column.startsWith("event_")) {
                told.put(column, text(value));
            }
        });
        return told;
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time
                ? time.toInstant().toString()
                : value instanceof Timestamp time ? time.toInstant().toString() : value.toString();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidTaskIsAnswered400AndKeptAsQuarantined(Path file) throws Exception {
        byte[] task = Files.readAllBytes(file);
        HttpResponse<String> first = bundle.post(token, task);
        HttpResponse<String> again = bundle.post(token, task);

        assertEquals(400, first.statusCode());
        assertEquals("invalid_request", Bundle.json(first).get("error").asText());
        assertEquals(first.body(), again.body());
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ?", (Object) Bundle.hash(task));
        assertEquals(1, events.size(), "stored once");
        assertEquals("quarantined", events.get(0).get("state"));
        assertEquals(
                Bundle.json(first).get("error_description").asText(),
                events.get(0).get("reason"));
        assertEquals(
                "0",
                bundle.select(
                        "select count(*) from delivery where event_id = ?",
                        events.get(0).get("event_id")));
    }

    /** Nothing of ours stands in for a Camel component that there is. */
    @Test
    void camelsOwnComponentsDoTheWork() throws Exception {
        byte[] task = Fixtures.failedTask(UUID.randomUUID());
        assertEquals(204, bundle.post(token, task).statusCode());
        rows(Bundle.JSON.readTree(task), "coverage_discovery_task");
        List<String> schemes = bundle.context().getEndpoints().stream()
                .map(endpoint -> endpoint.getEndpointUri().split(":")[0])
                .distinct()
                .toList();
        assertTrue(
                schemes.containsAll(List.of("platform-http", "json-validator", "jdbc", "delivery")), schemes::toString);
        assertTrue(bundle.context().getLanguageNames().contains("jsonpath"));
        assertTrue(bundle.context().getRoute("read").filter("unmarshal*").size() == 1);
    }

    @Test
    void whatTheHeadersSayIsKeptWithTheEvent() throws Exception {
        UUID id = UUID.randomUUID();
        HttpRequest.Builder request = bundle.request(token)
                .header("X-Optum-Correlation-Id", "visit-1,")
                .header("X-Optum-SubTenant-Id", "clinic-7")
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(id)));
        assertEquals(204, bundle.send(request).statusCode());
        Map<String, Object> event = event(id.toString());
        assertEquals("visit-1", event.get("correlation_id"));
        assertEquals("clinic-7", event.get("subtenant"));
    }

    @Test
    void aHundredIdenticalRequestsAtOnceAreOneEvent() throws Exception {
        UUID id = UUID.randomUUID();
        byte[] task = Fixtures.failedTask(id);
        List<Integer> statuses =
                atOnce(IntStream.range(0, 100).mapToObj(i -> task).toList());

        assertEquals(List.of(204), statuses.stream().distinct().toList());
        assertEquals("1", bundle.select("select count(*) from event where subject = ?", id.toString()));
        assertEquals(
                "1",
                bundle.select(
                        "select count(*) from delivery where event_id in (select event_id from event where subject = ?)",
                        id.toString()));
        assertEquals(
                1, rows(Bundle.JSON.readTree(task), "coverage_discovery_task").size());
        assertEquals("1", attempts(id));
    }

    @Test
    void theSameKeyWithAnotherBodyIsAcknowledgedAndKeptAsAConflict() throws Exception {
        UUID id = UUID.randomUUID();
        byte[] task = Fixtures.failedTask(id);
        ObjectNode changed = (ObjectNode) Bundle.JSON.readTree(task);
        byte[] other = Bundle.JSON.writeValueAsBytes(changed.put("name", "another name"));
        assertEquals(204, bundle.post(token, task).statusCode());
        assertEquals(204, bundle.post(token, other).statusCode());
        assertEquals(204, bundle.post(token, other).statusCode());

        List<Map<String, Object>> events = bundle.rows(
                "select event_id, state, reason, payload, payload_key_id from event where subject = ? order by commit_sequence",
                id.toString());
        assertEquals(2, events.size());
        assertEquals("accepted", events.get(0).get("state"));
        assertEquals("quarantined", events.get(1).get("state"));
        assertTrue(events.get(1).get("reason").toString().startsWith("conflict"));
        assertArrayEquals(other, bundle.payload(events.get(1)));
        assertEquals(1, rows(changed, "coverage_discovery_task").size());
        assertEquals("1", attempts(id));
    }

    @Test
    void identicalAndConflictingRequestsAtOnceLoseNothing() throws Exception {
        UUID id = UUID.randomUUID();
        ObjectNode task = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(id));
        List<byte[]> bodies = IntStream.range(0, 60)
                .mapToObj(i -> bytes(task.put("name", "name " + i % 3)))
                .toList();
        assertEquals(List.of(204), atOnce(bodies).stream().distinct().toList());
        assertEquals(
                "1 2",
                bundle.select(
                        "select sum(case when state = 'accepted' then 1 else 0 end) || ' ' ||"
                                + " sum(case when state = 'quarantined' then 1 else 0 end) from event where subject = ?",
                        id.toString()));
    }

    @Test
    void aRowThatTheDatabaseRefusesIsQuarantinedAlone() throws Exception {
        bundle.database()
                .with(handle -> handle.execute(
                        "alter table event add constraint test_refusal check (correlation_id <> 'refuse me')"));
        try {
            UUID refused = UUID.randomUUID();
            List<HttpRequest> requests = IntStream.range(0, 20)
                    .mapToObj(i -> bundle.request(token)
                            .header("x-optum-correlation-id", i == 7 ? "refuse me" : "take me " + refused)
                            .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(i == 7 ? refused : UUID.randomUUID())))
                            .build())
                    .toList();
            assertEquals(List.of(204), sendAtOnce(requests).stream().distinct().toList());
            assertEquals(
                    "19",
                    bundle.select(
                            "select count(*) from event where correlation_id = ? and state = 'accepted'",
                            "take me " + refused));
            Map<String, Object> bare = bundle.rows("select * from event where reason like 'refused by the database%'")
                    .get(0);
            assertEquals("quarantined", bare.get("state"));
            assertArrayEquals(Fixtures.failedTask(refused), bundle.payload(bare));
            assertEquals(null, bare.get("subject"));
        } finally {
            bundle.database().with(handle -> handle.execute("alter table event drop constraint test_refusal"));
        }
    }

    @Test
    void hostileTextIsStoredSafely() throws Exception {
        ObjectNode task = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(UUID.randomUUID()));
        String id = "../../x'\"; drop table event --\u0000\n\ud83d\ude00\ud800" + UUID.randomUUID();
        task.put("id", id).put("name", "\u0000" + "n".repeat(10_000)).put("status", "../../" + "s".repeat(90));
        // a lone surrogate cannot be written as UTF-8: JSON has it as an escape
        byte[] body = new String(bytes(task), java.nio.charset.StandardCharsets.UTF_8)
                .replace("?" + id.substring(id.length() - 36), "\\ud800" + id.substring(id.length() - 36))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(204, bundle.post(token, body).statusCode());
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ?", (Object) Bundle.hash(body));
        assertEquals("parked", events.get(0).get("state"));
        assertTrue(events.get(0).get("subject").toString().startsWith("../../x'\"; drop table event --"));
    }

    @ParameterizedTest
    @CsvSource({
        // Authorization, tenant, status, error
        "none,        tenant-1, 403, missing_token",
        "garbage,     tenant-1, 401, invalid_token",
        "basic,       tenant-1, 401, invalid_token",
        "twice,       tenant-1, 401, invalid_token",
        "operator,    tenant-1, 403, insufficient_scope",
        "optum,       tenant-2, 403, access_denied",
        "optum,       none,     403, access_denied",
        "optum,       twice,    403, access_denied",
    })
    void whoMayNotIsRefusedAndNothingIsStored(String authorization, String tenant, int status, String error)
            throws Exception {
        String before = bundle.select("select count(*) from event");
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
        switch (authorization) {
            case "none" -> {}
            case "garbage" -> request.header("Authorization", "Bearer e30.e30.e30");
            case "basic" -> request.header("Authorization", "Basic YTpi");
            case "twice" -> request.header("Authorization", "Bearer " + token).header("Authorization", "Bearer x");
            default -> request.header("Authorization", "Bearer " + bundle.token(authorization));
        }
        switch (tenant) {
            case "none" -> {}
            case "twice" ->
                request.header("x-optum-tenant-id", Bundle.TENANT).header("x-optum-tenant-id", Bundle.TENANT);
            default -> request.header("x-optum-tenant-id", tenant);
        }
        HttpResponse<String> response = bundle.send(request);

        assertEquals(status, response.statusCode());
        assertEquals(error, Bundle.json(response).get("error").asText());
        assertTrue(response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
        assertEquals(before, bundle.select("select count(*) from event"));
    }

    @Test
    void theStatusesOfRefusedTokensAreProperties() throws Exception {
        try (Bundle other = Bundle.start(
                database.create(),
                Map.of(
                        "sender.coverage-discovery.missing-token-status", "401",
                        "sender.coverage-discovery.invalid-token-status", "403"))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(other.uri("/webhooks/coverage-discovery"))
                    .POST(BodyPublishers.ofString("{}"));
            assertEquals(401, other.send(request).statusCode());
            assertEquals(
                    403, other.send(request.header("Authorization", "Bearer x")).statusCode());
        }
    }

    @Test
    void switchedOffItIsNotThere() throws Exception {
        try (Bundle other = Bundle.start(database.create(), Map.of("sender.coverage-discovery.enabled", "false"))) {
            assertEquals(404, other.post(other.token("optum"), new byte[0]).statusCode());
        }
    }

    private static Map<String, Object> event(String taskId) {
        return bundle.rows("select * from event where subject = ?", taskId).get(0);
    }

    private static String attempts(UUID taskId) {
        return bundle.select(
                "select count(*) from delivery_attempt where delivery_id in (select delivery_id from delivery"
                        + " where event_id in (select event_id from event where subject = ?))",
                taskId.toString());
    }

    /** The rows of the task, after all its deliveries are done. */
    private static List<Map<String, Object>> rows(JsonNode task, String table) {
        String id = task.get("id").asText();
        await().atMost(30, SECONDS).until(() -> bundle.select(
                        "select count(*) from delivery where state <> 'delivered'"
                                + " and event_id in (select event_id from event where subject = ?)",
                        id)
                .equals("0"));
        String order = table.equals("coverage_discovery_path") ? " order by position" : "";
        return bundle.rows("select * from " + table + " where task_id = ?" + order, id);
    }

    private static List<Integer> atOnce(List<byte[]> bodies) throws Exception {
        return sendAtOnce(bodies.stream()
                .map(body -> bundle.request(token)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build())
                .toList());
    }

    private static List<Integer> sendAtOnce(List<HttpRequest> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<CompletableFuture<Integer>> answers = requests.stream()
                    .map(request -> CompletableFuture.supplyAsync(() -> status(request), threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static int status(HttpRequest request) {
        try {
            return bundle.send(request).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return Bundle.JSON.writeValueAsBytes(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
