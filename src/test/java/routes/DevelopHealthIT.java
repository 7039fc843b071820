package routes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.ExpectedRows;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.Registry;
import routes.support.TestDatabase;

/** The contract of the Develop Health webhook over HTTP, and what is stored of each notification. */
@ParameterizedClass
@EnumSource
class DevelopHealthIT {

    private static final String SECRET = "s3";
    private static final String PENDING = "develop-health/valid/02-bv-pending.json";
    private static final String APPROVED = "develop-health/valid/15-pa-completed-approved-everything.json";
    private static final String MESSAGE = "develop-health/valid/27-pa-message-received.json";
    private static final Map<String, String> ORDER =
            Map.of("benefit_verification_drug", "position", "prior_authorization_message", "message_id");

    private static Bundle bundle;

    @Parameter
    TestDatabase database;

    /** With Kafka, though without a broker, and with a partner for every notification type, though nobody is there: all deliveries are planned. */
    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(database.create(), settings());
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantOf("develop-health", "p1", "lakeside");
        for (int type = 1; type <= 3; type++) {
            registry.register("p1", type, "http://127.0.0.1:1/");
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.put("kafka.brokers", "localhost:1");
        settings.put("sender.develop-health.secrets", "the old secret, " + SECRET);
        settings.put("sender.develop-health.tenant", "lakeside");
        return settings;
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    static Stream<Path> valid() {
        return Fixtures.in("develop-health/valid");
    }

    static Stream<Path> invalid() {
        return Fixtures.in("develop-health/invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidEventIsAnswered202AndGoesWhereItShould(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        JsonNode json = Bundle.JSON.readTree(body);
        JsonNode expected = Fixtures.expected(file);
        HttpResponse<String> response = post(body);

        assertEquals(202, response.statusCode(), response.body());
        assertEquals("", response.body());
        Map<String, Object> event = event(body);
        assertEquals(expected.get("state").asText(), event.get("state"));
        assertEquals(expected.path("test").asBoolean(), event.get("test"));
        assertEquals("lakeside", event.get("tenant"));
        assertEquals(json.get("event_type").asText(), event.get("type"));
        assertEquals(json.at("/data/status").asText(null), event.get("status"));
        assertEquals(json.at("/data/id").asText(null), event.get("subject"));
        assertEquals(Bundle.JSON.convertValue(expected.get("deliveries"), List.class), bundle.destinations(event));
        bundle.awaitTables(event);
        for (Map.Entry<String, JsonNode> table : expected.path("rows").properties()) {
            List<Map<String, Object>> rows = rows(table.getKey(), event);
            ExpectedRows.assertRows(table.getValue(), rows);
            assertFalse(rows.toString().contains("s1gned"), "has a signed link");
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidEventIsAnswered202AndKeptAsQuarantined(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        assertEquals(202, post(body).statusCode());
        HttpResponse<String> again = post(body);

        assertEquals(202, again.statusCode());
        assertEquals("", again.body());
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ?", (Object) Bundle.hash(body));
        assertEquals(1, events.size(), "stored once");
        assertEquals("quarantined", events.get(0).get("state"));
        assertTrue(events.get(0).get("reason") != null);
        assertEquals(
                "0",
                bundle.select(
                        "select count(*) from delivery where event_id = ?",
                        events.get(0).get("event_id")));
    }

    static Stream<Arguments> refused() {
        String good = Jwts.of(SECRET);
        String content = Jwts.part(Jwts.HEADER) + "." + Jwts.part("{}");
        return Stream.of(
                arguments("no token", "", header(null), "missing_token"),
                arguments("an empty one", "", header(""), "invalid_token"),
                arguments("the secret itself", "", header(SECRET), "invalid_token"),
                arguments("another secret", "", header(Jwts.of("s4")), "invalid_token"),
                arguments("all secrets as one", "", header(Jwts.of("the old secret, " + SECRET)), "invalid_token"),
                arguments(
                        "none",
                        "",
                        header(Jwts.part("{\"alg\":\"none\"}") + "." + Jwts.part("{}") + "."),
                        "invalid_token"),
                arguments("RS256", "", header(Jwts.of(SECRET, "{\"alg\":\"RS256\"}", "{}")), "invalid_token"),
                arguments("expired", "", header(Jwts.of(SECRET, Jwts.HEADER, "{\"exp\":1}")), "invalid_token"),
                arguments(
                        "not yet", "", header(Jwts.of(SECRET, Jwts.HEADER, "{\"nbf\":99999999999}")), "invalid_token"),
                arguments("a letter changed", "", header(good.replace("eyJ", "eyK")), "invalid_token"),
                arguments("two parts", "", header(content), "invalid_token"),
                arguments("twice", "", twice(good, good), "invalid_token"),
                arguments("good and bad", "", twice(good, "x"), "invalid_token"),
                arguments("in the query", "?X-Webhook-Secret=" + good, header(null), "missing_token"),
                arguments("in the query as well", "?X-Webhook-Secret=" + good, header("x"), "invalid_token"),
                arguments(
                        "huge",
                        "",
                        header(Jwts.of(SECRET, Jwts.HEADER, "{\"a\":\"" + "a".repeat(9_000) + "\"}")),
                        "invalid_token"),
                arguments(
                        "in Authorization",
                        "",
                        (UnaryOperator<HttpRequest.Builder>)
                                request -> request.header("Authorization", "Bearer " + good),
                        "missing_token"));
    }

    private static UnaryOperator<HttpRequest.Builder> header(String value) {
        return request -> value == null ? request : request.header("X-Webhook-Secret", value);
    }

    private static UnaryOperator<HttpRequest.Builder> twice(String one, String two) {
        return request -> request.header("X-Webhook-Secret", one).header("X-Webhook-Secret", two);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whoMayNotIsRefusedAndNothingIsStored(
            String name, String query, UnaryOperator<HttpRequest.Builder> token, String error) throws Exception {
        String before = bundle.select("select count(*) from event");
        HttpResponse<String> response =
                bundle.send(token.apply(HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health" + query))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(pending()))));

        assertEquals(401, response.statusCode());
        assertEquals(error, Bundle.json(response).get("error").asText());
        assertEquals(
                "JWT realm=\"X-Webhook-Secret\"",
                response.headers().firstValue("WWW-Authenticate").orElse(""));
        assertEquals(before, bundle.select("select count(*) from event"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "Bearer %s", "\"%s\"", " 'Bearer %s' "})
    void aTokenIsTakenInTheFormsInWhichItMayCome(String form) throws Exception {
        for (String secret : List.of(SECRET, "the old secret")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                    .header("x-webhook-secret", form.formatted(Jwts.of(secret, Jwts.HEADER, "{\"exp\":99999999999}")))
                    .POST(BodyPublishers.ofByteArray(pending()));
            assertEquals(202, bundle.send(request).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // content type, encoding, status, state
        "application/json,                   identity, 202, accepted",
        "application/json; charset=UTF-8,    identity, 202, accepted",
        "application/vnd.develophealth+json, identity, 202, accepted",
        ",                                   identity, 202, accepted",
        "text/plain,                         identity, 202, quarantined",
        "application/json; charset=utf-16,   identity, 202, quarantined",
        "application/json,                   gzip,     202, quarantined",
        "application/x-www-form-urlencoded,  identity, 415,",
        "'multipart/form-data; boundary=x',  identity, 415,"
    })
    void onlyAFormIsNotKept(String contentType, String encoding, int status, String state) throws Exception {
        byte[] body = pending();
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of(SECRET))
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body));
        HttpResponse<String> response =
                bundle.send(contentType == null ? request : request.header("Content-Type", contentType));
        assertEquals(status, response.statusCode());
        assertEquals(state, bundle.select("select state from event where body_hash = ?", (Object) Bundle.hash(body)));
    }

    @Test
    void aQueryIsRefusedAlsoWithAToken() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health?a=b"))
                .header("X-Webhook-Secret", Jwts.of(SECRET))
                .POST(BodyPublishers.ofByteArray(pending()));
        assertEquals(400, bundle.send(request).statusCode());
    }

    @Test
    void withoutASecretItIsNotThere() throws Exception {
        try (Bundle other = Bundle.start(database.create(), Map.of("sender.develop-health.secrets", " , "))) {
            assertEquals(404, other.send(request(other, pending())).statusCode());
        }
    }

    static Stream<String> hostileTypes() {
        return Stream.of(
                "../../x",
                "../coverage-discovery/task",
                "prior_authorization.message\u0000",
                "'\"; drop table event; --",
                "${exception.stacktrace}",
                "\ud83d\ude00",
                "x".repeat(10_000),
                "prior_authorization.message?errorHandler=#x");
    }

    @ParameterizedTest
    @MethodSource("hostileTypes")
    void aHostileTypeIsParked(String type) throws Exception {
        ObjectNode json = json(PENDING);
        byte[] body = bytes(json.put("event_type", type));
        assertEquals(202, post(body).statusCode());
        Map<String, Object> event = event(body);
        assertEquals("parked", event.get("state"));
        String stored = type.replace("\u0000", "");
        assertEquals(stored.substring(0, Math.min(stored.length(), 200)), event.get("type"));
    }

    @Test
    void aHundredIdenticalRequestsAtOnceAreOneEvent() throws Exception {
        byte[] body = pending();
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(body)))
                .toList();
        assertEquals(
                List.of(202),
                answers.stream().map(CompletableFuture::join).distinct().toList());
        assertEquals("1", bundle.select("select count(*) from event where body_hash = ?", (Object) Bundle.hash(body)));
    }

    @Test
    void theSameBytesUnderAnotherEventIdAreAnotherEventAndOtherBytesUnderTheSameAConflict() throws Exception {
        String id = "pa_" + UUID.randomUUID();
        ObjectNode first = with(json(MESSAGE), id).put("event_id", "wh_evt_1_" + id);
        ObjectNode second = first.deepCopy().put("event_id", "wh_evt_2_" + id);
        ObjectNode changed = first.deepCopy().put("title", "changed");
        for (ObjectNode json : List.of(first, second, changed, first, changed)) {
            assertEquals(202, post(bytes(json)).statusCode());
        }
        assertEquals(
                List.of("accepted", "accepted", "quarantined"),
                bundle.rows("select state from event where subject = ? order by commit_sequence", id).stream()
                        .map(row -> row.get("state"))
                        .toList());
    }

    /** Without occurred_at the order of arrival decides, whatever the status. */
    @Test
    void aFailedVerificationMayBePendingAgain() throws Exception {
        String id = "bv_" + UUID.randomUUID();
        for (String status : List.of("pending", "failed", "pending")) {
            ObjectNode json = with(json(PENDING), id);
            ((ObjectNode) json.get("data"))
                    .put("status", status)
                    .put("status_description", UUID.randomUUID().toString());
            byte[] body = bytes(json);
            assertEquals(202, post(body).statusCode());
            Map<String, Object> event = event(body);
            bundle.awaitTables(event);
            assertEquals(status, rows("benefit_verification", event).get(0).get("status"));
            assertEquals(1, rows("benefit_verification_drug", event).size());
        }
    }

    @Test
    void whatIsLateDoesNotOverwriteWhatIsNewer() throws Exception {
        String id = "pa_" + UUID.randomUUID();
        ObjectNode approved =
                with(json(APPROVED), id).put("event_id", UUID.randomUUID().toString());
        ObjectNode late = approved.deepCopy().put("event_id", UUID.randomUUID().toString());
        late.put("occurred_at", "2026-07-02T10:00:00.123456788Z");
        ((ObjectNode) late.get("data")).put("status", "validating_outcome");
        ((ObjectNode) late.at("/data/message_thread/messages/0")).put("content", "older");
        for (ObjectNode json : List.of(approved, late)) {
            byte[] body = bytes(json);
            assertEquals(202, post(body).statusCode());
            bundle.awaitTables(event(body));
        }
        Map<String, Object> event = event(bytes(approved));
        assertEquals("completed", rows("prior_authorization", event).get(0).get("status"));
        assertEquals(
                event.get("event_id"), rows("prior_authorization", event).get(0).get("event_id"));
        assertEquals(
                "Done.\nThank you.",
                rows("prior_authorization_message", event).get(0).get("content"));
    }

    @Test
    void everyMessageOfAThreadIsKeptOnce() throws Exception {
        String id = "pa_" + UUID.randomUUID();
        ObjectNode json = with(json(MESSAGE), id);
        ArrayNode messages = (ArrayNode) json.at("/data/message_thread/messages");
        for (int i = 1; i <= 3; i++) {
            if (i > 1) {
                messages.add(((ObjectNode) messages.get(0)).deepCopy().put("id", "msg_" + i));
            }
            json.put("event_id", "wh_evt_" + i + id).put("occurred_at", "2026-07-01T1" + i + ":00:00Z");
            byte[] body = bytes(json);
            assertEquals(202, post(body).statusCode());
            Map<String, Object> event = event(body);
            bundle.awaitTables(event);
            List<Map<String, Object>> rows = rows("prior_authorization_message", event);
            assertEquals(i, rows.size());
            assertEquals(event.get("event_id"), rows.get(i - 1).get("first_event_id"));
            rows.forEach(row -> assertEquals(event.get("event_id"), row.get("event_id")));
            assertEquals(
                    i,
                    rows.stream()
                            .map(row -> row.get("first_event_id"))
                            .distinct()
                            .count());
        }
        messages.removeAll();
        json.put("event_id", "wh_evt_4" + id).put("occurred_at", "2026-07-01T20:00:00Z");
        byte[] body = bytes(json);
        assertEquals(202, post(body).statusCode());
        bundle.awaitTables(event(body));
        assertEquals(3, rows("prior_authorization_message", event(body)).size(), "what is gone from the thread stays");
    }

    @Test
    void aTestGoesWhereTheRealThingGoesIfThatIsWanted() throws Exception {
        Map<String, String> settings = settings();
        settings.put("sender.develop-health.deliver-tests", "true");
        byte[] body = Fixtures.bytes("develop-health/valid/05-bv-mock.json");
        try (Bundle other = Bundle.start(database.create(), settings)) {
            assertEquals(202, other.send(request(other, body)).statusCode());
            assertEquals(
                    "jdbc/benefit_verification kafka/develop-health",
                    other.rows("select destination from delivery order by 1").stream()
                            .map(row -> row.get("destination").toString())
                            .reduce("", (all, one) -> (all + " " + one).strip()));
            assertEquals("1", other.select("select count(*) from event where test"));
        }
    }

    private static ObjectNode json(String file) throws Exception {
        return (ObjectNode) Bundle.JSON.readTree(Fixtures.bytes(file));
    }

    private static ObjectNode with(ObjectNode json, String subject) {
        ((ObjectNode) json.get("data")).put("id", subject);
        return json;
    }

    /** A pending verification with an id of its own. */
    private static byte[] pending() throws Exception {
        return bytes(with(json(PENDING), "bv_" + UUID.randomUUID()));
    }

    private static byte[] bytes(JsonNode json) throws Exception {
        return Bundle.JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(Bundle bundle, byte[] body) {
        return HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of(SECRET))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<String> post(byte[] body) throws Exception {
        return bundle.send(request(bundle, body));
    }

    private static int status(byte[] body) {
        try {
            return post(body).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> event(byte[] body) {
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ?", (Object) Bundle.hash(body));
        assertEquals(1, events.size());
        assertArrayEquals(body, bundle.payload(events.get(0)));
        return events.get(0);
    }

    /** The rows of the event's subject. */
    private static List<Map<String, Object>> rows(String table, Map<String, Object> event) {
        String key = table.equals("notification")
                ? "subject"
                : table.startsWith("benefit") ? "benefit_verification_id" : "prior_authorization_id";
        return bundle.rows(
                "select * from " + table + " where " + key + " = ? order by " + ORDER.getOrDefault(table, key),
                event.get("subject"));
    }
}
