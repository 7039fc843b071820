package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static routes.support.OptumConnectionsBundle.OLD_SECRET;
import static routes.support.OptumConnectionsBundle.PATH;
import static routes.support.OptumConnectionsBundle.SECRET;
import static routes.support.OptumConnectionsBundle.SIGNATURE;
import static routes.support.OptumConnectionsBundle.another;
import static routes.support.OptumConnectionsBundle.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
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
import routes.support.Hmacs;
import routes.support.OptumConnectionsBundle;
import routes.support.TestDatabase;

/** The contract of the Optum Connections webhook over HTTP, and what is stored of each notification. */
@ParameterizedClass
@EnumSource
class OptumConnectionsIT {

    private static final String BATCH = "01-batch-created-everything.json";
    private static final String PAYMENT = "09-payment-loading-requested-everything.json";
    private static final String LATER = "13-payment-of-a-later-phase.json";

    private static OptumConnectionsBundle optum;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        optum = OptumConnectionsBundle.start(database, Map.of());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        optum.close();
    }

    static Stream<Path> valid() {
        return Fixtures.in("optum-connections/valid");
    }

    static Stream<Path> invalid() {
        return Fixtures.in("optum-connections/invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidEventIsAnswered202AndGoesWhereItShould(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        JsonNode expected = Fixtures.expected(file);
        HttpResponse<String> response = optum.post(body);

        assertEquals(202, response.statusCode(), response.body());
        assertEquals("", response.body());
        Map<String, Object> event = optum.event(body);
        assertEquals(expected.get("state").asText(), event.get("state"));
        assertEquals("lakeside", event.get("tenant"));
        ExpectedRows.assertColumns(expected.get("event"), event);
        if (expected.has("occurredAt")) {
            assertEquals(expected.get("occurredAt").asText(null), occurredAt(event));
        }
        assertEquals(
                Bundle.JSON.convertValue(expected.get("deliveries"), List.class),
                optum.bundle().destinations(event));
        optum.bundle().awaitTables(event);
        for (Map.Entry<String, JsonNode> table : expected.get("rows").properties()) {
            List<Map<String, Object>> rows = optum.rows(table.getKey(), event.get("subject"));
            ExpectedRows.assertRows(table.getValue(), rows);
            assertFalse(rows.toString().contains("s1gned"), "has a signed link");
        }
    }

    private static String occurredAt(Map<String, Object> event) {
        return optum.bundle().database().with(handle -> handle.select(
                        "select occurred_at from event where event_id = ? and occurred_at is not null",
                        event.get("event_id"))
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(time -> time.toInstant().toString())
                .orElse(null));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidEventIsAnswered202AndKeptAsQuarantined(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        assertEquals(202, optum.post(body).statusCode());
        HttpResponse<String> again = optum.post(body);

        assertEquals(202, again.statusCode());
        assertEquals("", again.body());
        Map<String, Object> event = optum.event(body);
        assertEquals("quarantined", event.get("state"));
        assertTrue(event.get("reason") != null);
        assertEquals("0", optum.bundle().select("select count(*) from delivery where event_id = ?", (Object)
                event.get("event_id")));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusedFor("no signature", (request, body) -> request, "missing_signature"),
                refusedFor("an empty one", header(body -> ""), "invalid_signature"),
                refusedFor("the secret itself", header(body -> SECRET), "invalid_signature"),
                refusedFor("another secret", header(body -> Hmacs.hex("s4", body)), "invalid_signature"),
                refusedFor(
                        "all secrets as one",
                        header(body -> Hmacs.hex(OLD_SECRET + ", " + SECRET, body)),
                        "invalid_signature"),
                refusedFor("of another body", header(body -> sign(new byte[] {1})), "invalid_signature"),
                refusedFor("with a prefix", header(body -> "sha256=" + sign(body)), "invalid_signature"),
                refusedFor("a digit less", header(body -> sign(body).substring(1)), "invalid_signature"),
                refusedFor("a byte less", header(body -> sign(body).substring(2)), "invalid_signature"),
                refusedFor("no hex", header(body -> "g" + sign(body).substring(1)), "invalid_signature"),
                refusedFor(
                        "twice",
                        (request, body) -> request.header(SIGNATURE, sign(body)).header(SIGNATURE, sign(body)),
                        "invalid_signature"),
                refusedFor(
                        "good and bad",
                        (request, body) -> request.header(SIGNATURE, sign(body)).header(SIGNATURE, "00"),
                        "invalid_signature"),
                refusedFor(
                        "in the vendor's older header",
                        (request, body) -> request.header("optum-signature", sign(body)),
                        "missing_signature"),
                refusedFor(
                        "in the query",
                        (request, body) -> request.uri(optum.bundle().uri(PATH + "?" + SIGNATURE + "=" + sign(body))),
                        "missing_signature"));
    }

    private static Arguments refusedFor(
            String name, BiFunction<HttpRequest.Builder, byte[], HttpRequest.Builder> signing, String error) {
        return arguments(name, signing, error);
    }

    private static BiFunction<HttpRequest.Builder, byte[], HttpRequest.Builder> header(
            Function<byte[], String> signature) {
        return (request, body) -> request.header(SIGNATURE, signature.apply(body));
    }

    private static String sign(byte[] body) {
        return Hmacs.hex(SECRET, body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whoMayNotIsRefusedAndNothingIsStored(
            String name, BiFunction<HttpRequest.Builder, byte[], HttpRequest.Builder> signing, String error)
            throws Exception {
        byte[] body = bytes(another(BATCH));
        HttpResponse<String> response = optum.bundle().send(signing.apply(optum.unsigned(body), body));

        assertEquals(401, response.statusCode());
        assertEquals(error, Bundle.json(response).get("error").asText());
        assertEquals(
                "HMAC-SHA256 realm=\"" + SIGNATURE + "\"",
                response.headers().firstValue("WWW-Authenticate").orElse(""));
        assertNothingIsStoredOf(body);
    }

    private static void assertNothingIsStoredOf(byte[] body) {
        assertEquals("0", optum.bundle().select("select count(*) from event where body_hash = ?", (Object)
                Bundle.hash(body)));
    }

    @Test
    void aTamperedByteIsRefusedAlsoOneThatNoParserSees() throws Exception {
        byte[] body = bytes(another(BATCH));
        byte[] tampered = (new String(body) + " ").getBytes();
        HttpRequest.Builder request = optum.unsigned(tampered).header(SIGNATURE, sign(body));
        assertEquals(401, optum.bundle().send(request).statusCode());
        assertNothingIsStoredOf(tampered);
    }

    @Test
    void whatIsNoJsonIsRefusedForItsSignatureFirst() throws Exception {
        HttpRequest.Builder request = optum.unsigned("{".getBytes()).header(SIGNATURE, "00");
        assertEquals(401, optum.bundle().send(request).statusCode());
    }

    @Test
    void aSignatureIsTakenInTheFormsInWhichItMayCome() throws Exception {
        for (String secret : List.of(SECRET, OLD_SECRET)) {
            byte[] body = bytes(another(BATCH));
            String hex = Hmacs.hex(secret, body);
            for (String form : List.of(hex, hex.toUpperCase(Locale.ROOT), " " + hex + " ")) {
                HttpRequest.Builder request = optum.unsigned(body).header(SIGNATURE.toLowerCase(Locale.ROOT), form);
                assertEquals(202, optum.bundle().send(request).statusCode());
            }
        }
    }

    @Test
    void theSignatureMayBeInOtherHeadersAndABadOneAnswered400IfThatIsConfigured() throws Exception {
        try (OptumConnectionsBundle other = OptumConnectionsBundle.start(
                database,
                Map.of(
                        "sender.optum-connections.other-headers",
                        "optum-signature, x-test",
                        "sender.optum-connections.invalid-signature-status",
                        "400"))) {
            byte[] body = bytes(another(BATCH));
            for (String name : List.of(SIGNATURE, "Optum-Signature", "x-test")) {
                HttpRequest.Builder request = other.unsigned(body).header(name, sign(body));
                assertEquals(202, other.bundle().send(request).statusCode(), name);
            }
            HttpRequest.Builder two =
                    other.unsigned(body).header(SIGNATURE, sign(body)).header("optum-signature", sign(body));
            for (HttpRequest.Builder request :
                    List.of(two, other.unsigned(body), other.unsigned(body).header("x-test", "00"))) {
                assertEquals(400, other.bundle().send(request).statusCode());
            }
            assertEquals("1", other.bundle().select("select count(*) from event"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // content type, encoding, status, state
        "application/json,                  identity, 202, accepted",
        "application/json; charset=UTF-8,   identity, 202, accepted",
        "application/cloudevents+json,      identity, 202, accepted",
        ",                                  identity, 202, accepted",
        "text/plain,                        identity, 202, quarantined",
        "application/json; charset=utf-16,  identity, 202, quarantined",
        "application/json,                  gzip,     202, quarantined",
        "'multipart/form-data; boundary=x', identity, 415,"
    })
    void onlyAFormIsNotKept(String contentType, String encoding, int status, String state) throws Exception {
        byte[] body = bytes(another(BATCH));
        HttpRequest.Builder request = HttpRequest.newBuilder(optum.bundle().uri(PATH))
                .header(SIGNATURE, sign(body))
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body));
        HttpResponse<String> response =
                optum.bundle().send(contentType == null ? request : request.header("Content-Type", contentType));
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(state, optum.bundle().select("select state from event where body_hash = ?", (Object)
                Bundle.hash(body)));
    }

    /** The server has taken its bytes apart, so that no signature can be right. */
    @Test
    void aUrlEncodedFormIsRefused() throws Exception {
        byte[] body = "a=b".getBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(optum.bundle().uri(PATH))
                .header(SIGNATURE, sign(body))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofByteArray(body));
        HttpResponse<String> response = optum.bundle().send(request);
        assertEquals(415, response.statusCode(), response.body());
    }

    @Test
    void aQueryIsRefusedAlsoWithASignature() throws Exception {
        byte[] body = bytes(another(BATCH));
        HttpRequest.Builder request =
                optum.unsigned(body).uri(optum.bundle().uri(PATH + "?a=b")).header(SIGNATURE, sign(body));
        assertEquals(400, optum.bundle().send(request).statusCode());
        assertNothingIsStoredOf(body);
    }

    @Test
    void aHandshakeIsAnsweredAndNotStored() throws Exception {
        String before = optum.bundle().select("select count(*) from event");
        HttpRequest.Builder get = HttpRequest.newBuilder(optum.bundle().uri(PATH))
                .header("X-Challenge", "echo me")
                .GET();
        for (HttpResponse<String> response : List.of(optum.bundle().send(get), optum.post(new byte[0]))) {
            assertEquals(200, response.statusCode());
            assertEquals("", response.body());
            assertTrue(response.headers().firstValue("X-Challenge").isEmpty());
        }
        assertEquals(
                401, optum.bundle().send(optum.unsigned(new byte[0])).statusCode(), "an empty POST without signature");
        assertEquals(before, optum.bundle().select("select count(*) from event"));
    }

    @Test
    void withoutASecretNothingOfItIsThere() throws Exception {
        try (Bundle other = Bundle.start(database.create(), Map.of("sender.optum-connections.secrets", " , "))) {
            byte[] body = bytes(another(BATCH));
            for (String path : List.of(PATH, "/events/import/optum-connections")) {
                HttpRequest.Builder request = HttpRequest.newBuilder(other.uri(path))
                        .header(SIGNATURE, sign(body))
                        .header("Authorization", "Bearer " + other.token("operator"))
                        .header("Content-Type", "application/json");
                assertEquals(
                        404,
                        other.send(request.copy().POST(BodyPublishers.ofByteArray(body)))
                                .statusCode());
                assertEquals(404, other.send(request.copy().GET()).statusCode());
            }
        }
    }

    static Stream<Arguments> hostileTypes() {
        return Stream.of(
                        "../../x",
                        "../coverage-discovery/task",
                        "batch_created\u0000",
                        "payment_../../x",
                        "document_?errorHandler=#x",
                        "batch_'\"; drop table event; --",
                        "${exception.stacktrace}",
                        "user_${bean:inbox}",
                        "\ud83d\ude00",
                        "x".repeat(10_000),
                        "payment_" + "x".repeat(10_000),
                        " payment_x",
                        "PAYMENT_X")
                .map(type -> arguments(
                        type.length() > 50 ? type.substring(0, 50) : type,
                        type,
                        type.matches("(?s)(payment|batch|document|user)_.*") ? "accepted" : "parked"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTypes")
    void aHostileTypeIsOnlyText(String name, String type, String state) throws Exception {
        byte[] body = bytes(another(BATCH).put("type", type));
        assertEquals(202, optum.post(body).statusCode());
        Map<String, Object> event = optum.event(body);
        assertEquals(state, event.get("state"));
        String stored = type.replace("\u0000", "").strip();
        assertEquals(stored.substring(0, Math.min(stored.length(), 200)), event.get("type"));
        optum.bundle().awaitTables(event);
    }

    @Test
    void aHundredIdenticalRequestsAtOnceAreOneEvent() throws Exception {
        byte[] body = bytes(another(PAYMENT));
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(body)))
                .toList();
        assertEquals(
                List.of(202),
                answers.stream().map(CompletableFuture::join).distinct().toList());
        assertEquals("1", optum.bundle().select("select count(*) from event where body_hash = ?", (Object)
                Bundle.hash(body)));
    }

    private static int status(byte[] body) {
        try {
            return optum.post(body).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void causationTypeAndIdTellAnEventFromAnother() throws Exception {
        ObjectNode first = another(PAYMENT);
        String id = first.get("id").asText();
        ObjectNode otherCause =
                first.deepCopy().put("causationId", UUID.randomUUID().toString());
        ObjectNode otherType = first.deepCopy().put("type", "payment_loading_failed");
        ObjectNode otherBody = first.deepCopy().put("source", "https://elsewhere.example.com");
        for (ObjectNode json : List.of(first, otherCause, otherType, otherBody, first, otherBody)) {
            assertEquals(202, optum.post(bytes(json)).statusCode());
        }
        assertEquals(
                List.of("accepted", "accepted", "accepted", "quarantined"),
                optum.bundle().rows("select state from event where subject = ? order by commit_sequence", id).stream()
                        .map(row -> row.get("state"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "\" \""})
    void withoutACausationTheBytesTellAnEventFromAnother(String causation) throws Exception {
        ObjectNode first = another(PAYMENT);
        first.set("causationId", Bundle.JSON.readTree(causation));
        ObjectNode second = first.deepCopy().put("time", "2026-02-11T15:24:41Z");
        for (ObjectNode json : List.of(first, second, first)) {
            assertEquals(202, optum.post(bytes(json)).statusCode());
        }
        assertEquals(
                "2",
                optum.bundle()
                        .select(
                                "select count(*) from event where subject = ? and state = 'accepted'",
                                first.get("id").asText()));
    }

    @Test
    void whatIsLateDoesNotOverwriteWhatIsNewerAndWhatIsNotToldStays() throws Exception {
        ObjectNode loading = another(PAYMENT);
        String id = loading.get("id").asText();
        ObjectNode later = another(LATER).put("id", id).put("time", "2026-02-11T15:24:40.6048460Z");
        ObjectNode late = another(PAYMENT).put("id", id).put("time", "2026-02-11T15:24:40.6048458Z");
        for (ObjectNode json : List.of(loading, later, late)) {
            assertEquals(202, optum.post(bytes(json)).statusCode());
            optum.bundle().awaitTables(optum.event(bytes(json)));
        }
        Map<String, Object> row = optum.rows("payment", id).get(0);
        assertEquals("Distributed", row.get("status"));
        assertEquals("100.5", ExpectedRows.text(row.get("amount")));
        assertEquals(optum.event(bytes(later)).get("event_id"), row.get("event_id"));
    }

    @Test
    void whatANewerEventDoesNotTellIsFilledInByAnOlderOneThatComesLater() throws Exception {
        ObjectNode older = another(PAYMENT).put("time", "2026-02-11T15:24:40Z");
        ObjectNode newer = another(LATER).put("id", older.get("id").asText()).put("time", "2026-02-11T15:24:41Z");
        ObjectNode olderBatch = another(BATCH).put("time", "2026-02-11T15:24:40Z");
        ObjectNode newerBatch = olderBatch.deepCopy().put("causationId", "c").put("time", "2026-02-11T15:24:41Z");
        newerBatch.putObject("data").put("status", "Released");
        for (ObjectNode json : List.of(newer, older, newerBatch, olderBatch)) {
            assertEquals(202, optum.post(bytes(json)).statusCode());
            optum.bundle().awaitTables(optum.event(bytes(json)));
        }
        Map<String, Object> payment =
                optum.rows("payment", older.get("id").asText()).get(0);
        assertEquals("Distributed", payment.get("status"));
        assertEquals("100.5", ExpectedRows.text(payment.get("amount")));
        assertEquals(optum.event(bytes(newer)).get("event_id"), payment.get("event_id"));
        Map<String, Object> batch =
                optum.rows("payment_batch", olderBatch.get("id").asText()).get(0);
        assertEquals("Released", batch.get("status"));
        assertEquals(
                ExpectedRows.text(olderBatch.at("/data/totalAmount")), ExpectedRows.text(batch.get("total_amount")));
        assertEquals(olderBatch.at("/data/org").asText(), batch.get("org"));
    }
}
