package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static routes.support.AccessRcSender.BAD_REQUEST;
import static routes.support.AccessRcSender.EXCEPTION;
import static routes.support.AccessRcSender.SECRET;
import static routes.support.AccessRcSender.UNAUTHORIZED;
import static routes.support.AccessRcSender.post;
import static routes.support.AccessRcSender.postRaw;
import static routes.support.AccessRcSender.signed;
import static routes.support.AccessRcSender.unsigned;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
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
import routes.support.AccessRcSender;
import routes.support.Bundle;
import routes.support.ExpectedRows;
import routes.support.Fixtures;
import routes.support.Hmacs;
import routes.support.Registry;
import routes.support.TestDatabase;

/** The contract of the AccessRC webhooks over HTTP, signed, and what is stored of each notification. */
@ParameterizedClass
@EnumSource
class AccessRcIT {

    private static final String REFUND = "DELIVERY_REFUND_REQUESTED";
    private static final String EVALUATED = "PROGRAM_ELIGIBILITY_EVALUATED";
    private static final Set<String> CHILDREN =
            Set.of("delivery_request_item", "applications_import_error", "eligibility_criterion");

    private static final String CRITERIA = "mandotaryCriteria";

    private static Bundle bundle;

    @Parameter
    TestDatabase database;

    /** With a partner for every notification type, though nobody is there: all deliveries are planned. */
    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = AccessRcSender.settings();
        settings.put("http.max-body-size", "100000");
        settings.put("http.request-timeout-seconds", "3");
        bundle = Bundle.start(database.create(), settings);
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantOf("accessrc", "p1", "lakeside");
        for (int type = 1; type <= 3; type++) {
            registry.register("p1", type, "http://127.0.0.1:1/");
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    static Stream<Path> valid() {
        return Fixtures.in("accessrc/valid");
    }

    static Stream<Path> invalid() {
        return Fixtures.in("accessrc/invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidEventIsAnsweredAsTheVendorDemandsAndGoesWhereItShould(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        String type = AccessRcSender.type(file);
        JsonNode expected = Fixtures.expected(file);

        assertAnswer(200, expected.get("answer").asText(), post(bundle, type, body));
        assertAnswer(200, expected.get("answer").asText(), post(bundle, type, body));
        Map<String, Object> event = event(type, body);
        assertEquals(expected.get("state").asText(), event.get("state"));
        assertEquals(expected.get("status").asText(null), event.get("status"));
        assertEquals(expected.get("subject").asText(null), event.get("subject"));
        assertEquals("lakeside", event.get("tenant"));
        assertNull(event.get("occurred_at"), "the order of the commits alone decides what is newer");
        assertEquals(Bundle.JSON.convertValue(expected.get("deliveries"), List.class), bundle.destinations(event));
        bundle.awaitTables(event);
        for (Map.Entry<String, JsonNode> table : expected.path("rows").properties()) {
            ExpectedRows.assertRows(table.getValue(), rows(table.getKey(), event));
            rows(table.getKey(), event).stream()
                    .filter(row -> row.containsKey("received_at"))
                    .forEach(row -> assertEquals(event.get("received_at"), row.get("received_at")));
        }
    }

    private static void assertAnswer(int status, String body, HttpResponse<String> response) {
        assertEquals(body, response.body());
        assertEquals(status, response.statusCode());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidEventIsAnswered400AndKeptAsQuarantined(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        String type = AccessRcSender.type(file);
        assertAnswer(400, BAD_REQUEST, post(bundle, type, body));
        assertAnswer(400, BAD_REQUEST, post(bundle, type, body));
        Map<String, Object> event = event(type, body);
        assertEquals("quarantined", event.get("state"));
        assertNotNull(event.get("reason"));
        assertEquals("0", bundle.select("select count(*) from delivery where event_id = ?", event.get("event_id")));
    }

    @Test
    void theSameInvalidBytesOfTwoTypesAreTwoEvents() throws Exception {
        byte[] body = bytes("{\"nothing\":\"" + UUID.randomUUID() + "\"}");
        assertAnswer(400, BAD_REQUEST, post(bundle, REFUND, body));
        assertAnswer(400, BAD_REQUEST, post(bundle, "PROGRAM_PULL_FORM", body));
        assertEquals("quarantined", event(REFUND, body).get("state"));
        assertEquals("quarantined", event("PROGRAM_PULL_FORM", body).get("state"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERY_CHANNEL_STATUS_UPDATED, delivery.channel_status_updated",
        "DELIVERY_REQUEST_SENT,           delivery.request_sent",
        "DELIVERY_REFUND_REQUESTED,       delivery.refund_requested",
        "PROGRAM_ELIGIBILITY_EVALUATED,   program.eligibility_evaluated",
        "PROGRAM_PULL_FORM,               program.pull_form",
        "BENEFICIARY_SYNC,                beneficiary.sync",
        "APPLICATIONS_IMPORT_RESULT,      applications.import_result"
    })
    void aTypeInEitherSpellingIsOneType(String type, String other) throws Exception {
        ObjectNode json =
                (ObjectNode) Bundle.JSON.readTree(Files.readAllBytes(Path.of("samples/accessrc/" + type + ".json")));
        byte[] body = bytes(json.put("unknown", UUID.randomUUID().toString()).toString());
        HttpResponse<String> first = post(bundle, type, body);
        HttpResponse<String> second = post(bundle, other, body);

        assertAnswer(200, first.body(), first);
        assertAnswer(200, first.body(), second);
        assertEquals("1", bundle.select("select count(*) from event where body_hash = ?", (Object) Bundle.hash(body)));
        assertEquals("accepted", event(type, body).get("state"));
    }

    static Stream<Arguments> refused() {
        byte[] body = refund();
        String hex = Hmacs.hex(SECRET, body);
        String good = "sha256=" + hex;
        return Stream.of(
                arguments("no signature", body, header(null)),
                arguments("an empty one", body, header("")),
                arguments("the secret itself", body, header(SECRET)),
                arguments("prefix missing", body, header(hex)),
                arguments("prefix only", body, header("sha256=")),
                arguments("another prefix", body, header("sha512=" + hex)),
                arguments("blank after the prefix", body, header("sha256= " + hex)),
                arguments("odd hex", body, header(good.substring(0, good.length() - 1))),
                arguments("short", body, header(good.substring(0, good.length() - 2))),
                arguments("long", body, header(good + "00")),
                arguments("not hex", body, header("sha256=" + "g".repeat(64))),
                arguments(
                        "base64",
                        body,
                        header("sha256="
                                + Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(hex)))),
                arguments("another secret", body, header("sha256=" + Hmacs.hex("s4", body))),
                arguments("all secrets as one", body, header("sha256=" + Hmacs.hex("the old secret, " + SECRET, body))),
                arguments("a byte of the body changed", bytes(text(body).replace("a", "b")), header(good)),
                arguments("a byte more", bytes(text(body) + "\n"), header(good)),
                arguments("a letter changed", body, header(good.substring(0, 70) + (good.endsWith("0") ? "1" : "0"))),
                arguments("twice", body, twice(good, good)),
                arguments("good and bad", body, twice(good, "sha256=00")),
                arguments("bad JSON", bytes("{\"deliveryId\": "), header(good)),
                arguments("no body", new byte[0], header(good)),
                arguments(
                        "another content type",
                        body,
                        header("x").andThen(request -> request.setHeader("Content-Type", "text/plain"))),
                arguments(
                        "in Authorization",
                        body,
                        header(null).andThen(request -> request.header("Authorization", good))));
    }

    private static UnaryOperator<HttpRequest.Builder> header(String value) {
        return request -> value == null ? request : request.header("x-signature", value);
    }

    private static UnaryOperator<HttpRequest.Builder> twice(String one, String two) {
        return request -> request.header("x-signature", one).header("x-signature", two);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whoHasNotSignedIsRefusedBeforeAnythingIsParsedAndNothingIsStored(
            String name, byte[] body, Function<HttpRequest.Builder, HttpRequest.Builder> signature) throws Exception {
        String before = bundle.select("select count(*) from event");
        assertAnswer(401, UNAUTHORIZED, bundle.send(signature.apply(unsigned(bundle, REFUND, body))));
        assertEquals(before, bundle.select("select count(*) from event"));
    }

    @ParameterizedTest
    @CsvSource({"sha256=,false", "SHA256=,false", "Sha256=,false", "sha256=,true"})
    void aSignatureIsTakenInAnyCaseAndWithAnySecret(String prefix, boolean upperCase) throws Exception {
        for (String secret : List.of(SECRET, "the old secret")) {
            byte[] body = refund();
            String hex = Hmacs.hex(secret, body);
            HttpRequest.Builder request = unsigned(bundle, REFUND, body)
                    .header("X-Signature", prefix + (upperCase ? hex.toUpperCase(Locale.ROOT) : hex));
            assertEquals(200, bundle.send(request).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // content type, encoding, status, state
        "application/json,                  identity, 200, accepted",
        "application/json; charset=UTF-8,   identity, 200, accepted",
        "application/json-patch+json,       identity, 200, accepted",
        ",                                  identity, 200, accepted",
        "text/plain,                        identity, 400, quarantined",
        "application/json; charset=utf-16,  identity, 400, quarantined",
        "application/json; charset=nowhere, identity, 400, quarantined",
        "application/json,                  gzip,     400, quarantined",
        "'multipart/form-data; boundary=x', identity, 400,"
    })
    void onlyAFormIsNotKept(String contentType, String encoding, int status, String state) throws Exception {
        byte[] body = refund();
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/accessrc/" + REFUND))
                .header("x-signature", "sha256=" + Hmacs.hex(SECRET, body))
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body));
        HttpResponse<String> response =
                bundle.send(contentType == null ? request : request.header("Content-Type", contentType));
        assertAnswer(status, status == 200 ? response.body() : BAD_REQUEST, response);
        assertEquals(state, bundle.select("select state from event where body_hash = ?", (Object) Bundle.hash(body)));
    }

    /** Whatever the reason: it knows four answers and no others. */
    static Stream<Arguments> otherErrors() {
        return Stream.of(
                arguments("GET", REFUND, change(HttpRequest.Builder::GET)),
                arguments("DELETE", REFUND, change(HttpRequest.Builder::DELETE)),
                arguments("query", REFUND + "?a=b", change(request -> request)),
                arguments("undecodable query", REFUND + "?a=%25zz", change(request -> request)),
                arguments("deeper", REFUND + "/x", change(request -> request)),
                arguments("no type", "", change(request -> request)),
                arguments(
                        "large",
                        REFUND,
                        change(request -> request.POST(BodyPublishers.ofByteArray(new byte[100_001])))),
                arguments(
                        "large, in chunks",
                        REFUND,
                        change(request -> request.POST(
                                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[100_001]))))),
                arguments("large headers", REFUND, change(request -> request.header("x-large", "x".repeat(20_000)))));
    }

    private static UnaryOperator<HttpRequest.Builder> change(UnaryOperator<HttpRequest.Builder> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherErrors")
    void whateverElseIsWrongIsAnswered400(String name, String path, UnaryOperator<HttpRequest.Builder> change)
            throws Exception {
        String before = bundle.select("select count(*) from event");
        HttpResponse<String> response = bundle.send(change.apply(signed(bundle, path, refund())));
        assertAnswer(400, BAD_REQUEST, response);
        assertTrue(response.headers().firstValue("Allow").isEmpty());
        assertEquals(before, bundle.select("select count(*) from event"));
    }

    @Test
    void aRequestThatDoesNotComeWholeIsAnswered400() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            socket.getOutputStream()
                    .write(bytes("POST /webhooks/accessrc/" + REFUND
                            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"));
            assertRaw(400, BAD_REQUEST, text(socket.getInputStream().readAllBytes()));
        }
    }

    private static void assertRaw(int status, String body, String answer) {
        assertTrue(answer.matches("(?s)HTTP/1.[01] " + status + " .*"), answer);
        assertEquals(body, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    /** None of them names a file or an endpoint: at the most they are text of an event that is parked. */
    @ParameterizedTest
    @CsvSource({
        "..,                                  400",
        "../accessrc/DELIVERY_REFUND_REQUESTED, 400",
        "../../../etc/passwd,                 400",
        "%2e%2e,                              400",
        "%2E%2E%2Fx,                          400",
        "..%2F..%2Fx,                         200",
        "a%00b,                               200",
        "'a\"b''c',                           200",
        "%22%27%3B--,                         200",
        "%F0%9F%98%80,                        200",
        "\ud83d\ude00,                        400",
        "${exception.stacktrace},             200",
        "$%7Bbody%7D,                         200",
        "envelope,                            200",
        "DELIVERY_REFUND_REQUESTED.schema.json, 200",
        "%zz,                                 400",
        "%,                                   400"
    })
    void aHostileTypeIsParkedOrRefused(String segment, int status) throws Exception {
        byte[] body = refund();
        String answer = postRaw(bundle, segment, body);
        if (status == 200) {
            assertRaw(
                    200, "{\"status\":\"success\",\"message\":\"Callback successfully received\",\"data\":{}}", answer);
            assertEquals(
                    "parked", bundle.select("select state from event where body_hash = ?", (Object) Bundle.hash(body)));
        } else {
            assertRaw(400, BAD_REQUEST, answer);
            assertNull(bundle.select("select state from event where body_hash = ?", (Object) Bundle.hash(body)));
        }
    }

    @Test
    void aTypeThatIsTooLongIsCutOrRefused() throws Exception {
        byte[] body = refund();
        assertEquals(200, post(bundle, "x".repeat(3_000), body).statusCode());
        assertEquals("X".repeat(200), bundle.select("select type from event where body_hash = ?", (Object)
                Bundle.hash(body)));
        // more than a request line may be: the path is not known then, and so not whose it is
        String answer = postRaw(bundle, "x".repeat(10_000), body);
        assertTrue(answer.matches("(?s)HTTP/1.[01] 414 .*"), answer);
    }

    @Test
    void aHeaderOrAFieldDoesNotNameTheType() throws Exception {
        byte[] body =
                bytes("{\"deliveryId\":\"" + UUID.randomUUID() + "\",\"event\":\"BENEFICIARY_SYNC\",\"type\":\"x\"}");
        HttpRequest.Builder request = signed(bundle, REFUND, body);
        for (String name : List.of("CamelHttpPath", "event", "path", "type")) {
            request.header(name, "/BENEFICIARY_SYNC");
        }
        assertEquals(200, bundle.send(request).statusCode());
        assertEquals("accepted", event(REFUND, body).get("state"));
    }

    @Test
    void aHundredIdenticalRequestsAtOnceAreOneEvent() {
        byte[] body = refund();
        List<CompletableFuture<String>> answers = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> answer(body)))
                .toList();
        assertEquals(1, answers.stream().map(CompletableFuture::join).distinct().count());
        assertEquals("1", bundle.select("select count(*) from event where body_hash = ?", (Object) Bundle.hash(body)));
    }

    private static String answer(byte[] body) {
        try {
            HttpResponse<String> response = post(bundle, REFUND, body);
            return response.statusCode() + response.body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anIdThatIsBrokenTextIsAnsweredAsFarAsItIsText() throws Exception {
        byte[] body = bytes("{\"deliveryId\":\"" + UUID.randomUUID() + "\\ud83d\\u0000\"}");
        HttpResponse<String> response = post(bundle, REFUND, body);
        assertEquals(200, response.statusCode());
        assertTrue(Bundle.json(response).at("/data/deliveryId").asText().length() >= 36);
    }

    /** Each application goes its own way: one event may be the newest for one and not for another. */
    @Test
    void theNewestEvaluationOfAnApplicationCountsWithItsCriteria() throws Exception {
        String program = UUID.randomUUID().toString();
        Map<String, Object> both = evaluate(program, "first", "FITS_CRITERIA", "a", "b");
        Map<String, Object> one = evaluate(program, "second", "NOT_VALIDATED", "b");

        List<Map<String, Object>> rows = bundle.rows(
                "select * from eligibility_evaluation where program_id = ? order by application_id", program);
        assertEquals(List.of("a", "b"), column(rows, "application_id"));
        assertEquals(List.of(both.get("event_id"), one.get("event_id")), column(rows, "event_id"));
        assertEquals(List.of("FITS_CRITERIA", "NOT_VALIDATED"), column(rows, "evaluation_key"));
        List<Map<String, Object>> criteria = bundle.rows(
                "select * from eligibility_criterion where program_id = ? order by application_id, position", program);
        assertEquals(List.of("a first", "b second"), column(criteria, "notes"), "what is older is gone");

        // the first event once more, as a delivery that was late would
        bundle.execute(
                "update delivery set state = 'pending', due_at = current_timestamp where event_id = ? and destination like 'jdbc/%'",
                both.get("event_id"));
        bundle.awaitTables(both);
        assertEquals(
                List.of("FITS_CRITERIA", "NOT_VALIDATED"),
                column(
                        bundle.rows(
                                "select * from eligibility_evaluation where program_id = ? order by application_id",
                                program),
                        "evaluation_key"));
        assertEquals(
                List.of("a first", "b second"),
                column(
                        bundle.rows(
                                "select notes from eligibility_criterion where program_id = ? order by application_id, position",
                                program),
                        "notes"));
    }

    private static byte[] evaluation(String program, String note, String key, String... applications) {
        ObjectNode json = Bundle.JSON.createObjectNode().put("programId", program);
        ArrayNode list = json.putArray("applications");
        for (String id : applications) {
            ObjectNode application = list.addObject().put("applicationId", id);
            application.putObject("finalEvaluation").put("evaluationKey", key);
            application
                    .putArray(CRITERIA)
                    .addObject()
                    .put("criteriaKey", "IsMigrant")
                    .put("evaluationKey", key)
                    .put("notes", id + " " + note);
        }
        return bytes(json.toString());
    }

    private static Map<String, Object> evaluate(String program, String note, String key, String... applications)
            throws Exception {
        byte[] body = evaluation(program, note, key, applications);
        assertEquals(200, post(bundle, EVALUATED, body).statusCode());
        Map<String, Object> event = event(EVALUATED, body);
        bundle.awaitTables(event);
        return event;
    }

    private static List<Object> column(List<Map<String, Object>> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    /** No attempt gets far, as when there is not enough time: what one has written the next leaves out. */
    @Test
    void aLongEvaluationIsWrittenWholeHoweverManyAttemptsItTakes() throws Exception {
        Map<String, String> settings = AccessRcSender.settings();
        settings.put("sender.accessrc.retry-schedule", "40 x 100ms");
        String[] applications = IntStream.range(0, 30).mapToObj(i -> "a" + i).toArray(String[]::new);
        AtomicInteger statements = new AtomicInteger();
        try (Bundle other = Bundle.start(database.create(), settings)) {
            AdviceWith.adviceWith(
                    other.context(), "sql", advice -> advice.weaveAddFirst().process(exchange -> {
                        boolean first =
                                exchange.getMessage().getBody(String.class).contains("select application_id");
                        if (statements.updateAndGet(count -> first ? 0 : count + 1) > 12) {
                            throw new IllegalStateException("no further");
                        }
                    }));
            JsonNode json = Bundle.JSON.readTree(evaluation("p", "note", "FITS_CRITERIA", applications));
            // half of them without criteria, and one with many
            IntStream.range(0, 15).forEach(i -> ((ObjectNode) json.at("/applications/" + i)).remove(CRITERIA));
            ArrayNode many = (ArrayNode) json.at("/applications/29/" + CRITERIA);
            IntStream.range(0, 30).forEach(i -> many.add(many.get(0)));
            byte[] body = bytes(json.toString());
            assertEquals(200, post(other, EVALUATED, body).statusCode());
            await().atMost(60, SECONDS)
                    .until(
                            () -> other.select("select state from delivery where destination like 'jdbc/%'"),
                            "delivered"::equals);
            assertEquals("30", other.select("select count(*) from eligibility_evaluation"));
            assertEquals("45", other.select("select count(*) from eligibility_criterion"));
        }
    }

    @Test
    void withoutAFormThePullIsAnswered500AndKept() throws Exception {
        Map<String, String> settings = AccessRcSender.settings();
        settings.put("sender.accessrc.form-file", "");
        byte[] body = Files.readAllBytes(Path.of("samples/accessrc/PROGRAM_PULL_FORM.json"));
        try (Bundle other = Bundle.start(database.create(), settings)) {
            assertAnswer(500, EXCEPTION, post(other, "PROGRAM_PULL_FORM", body));
            assertAnswer(500, EXCEPTION, post(other, "program.pull_form", body));
            assertEquals("accepted", other.select("select state from event"));
        }
    }

    private static byte[] refund() {
        return bytes("{\"deliveryId\":\"" + UUID.randomUUID() + "\",\"a\":1}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> event(String type, byte[] body) {
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ? and type = ?", Bundle.hash(body), type);
        assertEquals(1, events.size(), "stored once");
        return events.get(0);
    }

    /** The rows that the event has written. */
    private static List<Map<String, Object>> rows(String table, Map<String, Object> event) {
        String order = CHILDREN.contains(table)
                ? "position"
                : table.equals("eligibility_evaluation") ? "application_id" : "event_id";
        return bundle.rows("select * from " + table + " where event_id = ? order by " + order, event.get("event_id"));
    }
}
