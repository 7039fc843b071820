package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
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
import routes.support.Fixtures;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;
import routes.support.TestRoutes;

/** What an explanation says is what happens then; and until then nothing does. */
@ParameterizedClass
@EnumSource
class ExplainIT {

    private static final String MARKER = "Mrs. Marker";
    private static final String MESSAGE = "develop-health/valid/27-pa-message-received.json";

    private static Bundle bundle;
    private static String operator;

    @Parameter
    TestDatabase database;

    /** With Kafka, though without a broker, and with partners, though nobody is there: all deliveries are planned. */
    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1", "p2", "p3")));
        settings.putAll(SignedPost.settings());
        settings.put("kafka.brokers", "localhost:1");
        bundle = Bundle.start(database.create(), settings, new TestRoutes(ExplainIT::byPath));
        operator = bundle.token("operator");
        Registry registry = new Registry(bundle.uri("/"));
        for (String partner : List.of("p1", "p2")) {
            registry.grantOf("develop-health", partner, partner.equals("p1") ? "default" : "*");
            registry.register(partner, 1, "http://127.0.0.1:1/");
            registry.register(partner, 2, "http://127.0.0.1:1/");
        }
        registry.disable("p2", 1, "http://127.0.0.1:1/");
        registry.grant("p3", Bundle.TENANT);
        registry.register("p3", 1, "http://127.0.0.1:1/");
    }

    /** A sender whose type is in the path, as some have it. */
    private static void byPath(RouteBuilder routes) {
        routes.templatedRoute("event")
                .routeId("by-path-event")
                .parameter("sender", "by-path")
                .parameter("type", "${variable.path}")
                .parameter("tenant", "${header.x-tenant}");
        routes.from("direct:by-path")
                .routeId("by-path")
                .errorHandler(routes.noErrorHandler())
                .to("delivery:parked");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    private static HttpResponse<String> send(String token, String query, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/events/explain" + query))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return bundle.send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    private static JsonNode explain(JsonNode request) throws Exception {
        HttpResponse<String> response = send(operator, "", request.toString());
        assertEquals(200, response.statusCode(), response.body());
        return Bundle.json(response);
    }

    private static ObjectNode request(String sender, JsonNode body) {
        ObjectNode request = Bundle.JSON.createObjectNode().put("sender", sender);
        request.set("body", body);
        return request;
    }

    private static ObjectNode request(String sender, String text) {
        return request(sender, Bundle.JSON.getNodeFactory().textNode(text));
    }

    /** All that are text: a JSON request cannot quote anything else. */
    static Stream<Path> fixtures() {
        return SignedPost.fixtures().stream().filter(ExplainIT::isText);
    }

    private static boolean isText(Path file) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatIsExplainedIsWhatHappensThen(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        String sender = SignedPost.sender(file);
        ObjectNode request = request(sender, new String(body, StandardCharsets.UTF_8));
        request.put("path", SignedPost.path(file)).putObject("headers").setAll(SignedPost.headers(file));
        String before = counts();
        JsonNode explained = explain(request);
        assertEquals(before, counts(), "nothing is stored");
        assertTrue(explained.get("knownAs").isNull());

        SignedPost.send(bundle, file, body);
        JsonNode event = bundle.get(
                operator,
                "/events/"
                        + bundle.select(
                                "select event_id from event where sender = ? and body_hash = ?",
                                sender,
                                Bundle.hash(body)));
        assertEquals(event.get("id"), explained.get("eventId"));
        for (String same : List.of(
                "state", "reason", "type", "status", "subject", "tenant", "subtenant", "correlationId", "test")) {
            assertEquals(event.get(same), explained.get(same), same);
        }
        assertEquals(destinations(event), destinations(explained));

        JsonNode again = explain(request);
        assertEquals(event.get("id"), again.get("eventId"));
        assertEquals(event.get("state"), again.get("knownAs"));
    }

    private static String counts() {
        StringBuilder counts = new StringBuilder();
        for (String table : List.of("event", "delivery", "audit", "partner_grant")) {
            counts.append(bundle.select("select count(*) from " + table)).append(' ');
        }
        return counts.toString();
    }

    /** Those of an event, or of an explanation, where partners stand beside their notification type. */
    private static List<String> destinations(JsonNode told) {
        List<String> destinations = new ArrayList<>();
        for (JsonNode delivery : told.get("deliveries")) {
            String destination = delivery.get("destination").asText();
            if (delivery.has("partners")) {
                delivery.get("partners")
                        .forEach(partner -> destinations.add(
                                destination.replace("callback/", "callback/" + partner.asText() + "/")));
            } else {
                destinations.add(destination);
            }
        }
        return destinations.stream().sorted().toList();
    }

    @Test
    void everythingThatAnEventWouldHaveIsTold() throws Exception {
        ObjectNode message = (ObjectNode) Bundle.JSON.readTree(Fixtures.bytes(MESSAGE));
        message.put("event_id", "explained").put("occurred_at", "2026-07-01T12:00:00.5+02:00");
        JsonNode explained = explain(request("develop-health", message));
        ObjectNode expected = (ObjectNode) Bundle.JSON.readTree("""
                {
                  "sender": "develop-health", "state": "accepted", "reason": null,
                  "schema": "develop-health/prior_authorization.message",
                  "type": "prior_authorization.message", "status": "completed",
                  "tenant": "default", "subtenant": null, "correlationId": null,
                  "occurredAt": "2026-07-01T10:00:00.500Z", "pending": false, "test": false,
                  "identity": ["notificationId"], "knownAs": null,
                  "deliveries": [
                    {"destination": "callback/2", "partners": ["p1", "p2"]},
                    {"destination": "jdbc/prior_authorization"},
                    {"destination": "kafka/develop-health"}
                  ]
                }
                """);
        expected.set("status", message.at("/data/status"));
        expected.set("subject", message.at("/data/id"));
        expected.set("eventId", explained.get("eventId"));
        assertEquals(expected, explained);
        assertEquals(8, UUID.fromString(explained.get("eventId").asText()).version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event_type\": \"x\", \"data\": {}} | parked | develop-health/envelope | body | ",
                "{\"event_type\": \"x\", \"event_id\": \"1\", \"data\": {}} | parked | develop-health/envelope | notificationId |",
                "{\"event_type\": 5} | quarantined | develop-health/envelope | tenant,type,body | not valid: $.event_type type",
                "[1] | quarantined | develop-health/envelope | tenant,type,body | not valid: $ type",
                "'' | quarantined | develop-health/envelope | tenant,type,body | not valid: $ type",
                "'{' | quarantined | develop-health/envelope | tenant,type,body | not JSON",
                "null | quarantined | develop-health/envelope | tenant,type,body | not valid: $ type",
            })
    void aVerdictHasItsSchemaAndItsReason(String body, String state, String schema, String identity, String reason)
            throws Exception {
        JsonNode explained = explain(request("develop-health", body));
        assertEquals(state, explained.get("state").asText());
        assertEquals(schema, explained.get("schema").asText());
        assertEquals(List.of(identity.split(",")), Bundle.JSON.convertValue(explained.get("identity"), List.class));
        assertEquals(reason, explained.get("reason").asText(null));
        assertEquals(0, explained.get("deliveries").size());
    }

    @Test
    void aReasonHasPlacesAndKeywordsButNoValues() throws Exception {
        ObjectNode task = (ObjectNode)
                Bundle.JSON.readTree(Fixtures.bytes("coverage-discovery/valid/01-success-chained-everything.json"));
        task.put("discoveryPaths", MARKER).put("id", "").put("name", MARKER);
        JsonNode explained = explain(request("coverage-discovery", task));
        String reason = explained.get("reason").asText();
        assertTrue(reason.contains("$.id minLength") && reason.contains("$.discoveryPaths type"), reason);
        assertFalse(explained.toString().contains(MARKER));
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, text/plain, the Content-Type is not JSON",
        "content-type, application/json; charset=utf-16, the charset is not UTF-8",
        "CONTENT-ENCODING, gzip, the body is compressed",
        "Content-Type, application/cloudevents+json, ",
    })
    void theHeadersOfTheBodyAreJudgedAsAtTheWebhook(String name, String value, String reason) throws Exception {
        ObjectNode request = request("develop-health", Bundle.JSON.readTree(Fixtures.bytes(MESSAGE)));
        request.putObject("headers").put(name, value);
        JsonNode explained = explain(request);
        assertEquals(
                reason == null ? "accepted" : "quarantined",
                explained.get("state").asText());
        assertEquals(reason, explained.get("reason").asText(null));
    }

    @Test
    void thePathIsTheWebhooksUnlessItIsGiven() throws Exception {
        assertEquals(
                "/webhooks/by-path",
                explain(request("by-path", "{}")).get("type").asText());
        assertEquals(
                "/webhooks/by-path/some.event",
                explain(request("by-path", "{}").put("path", "/webhooks/by-path/some.event"))
                        .get("type")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${bean:events}", "#bean:inbox", "{{oauth2.client.operator.secret}}", "'; drop table event; --"})
    void aHeaderIsTextWhateverItSays(String value) throws Exception {
        ObjectNode request = request("by-path", "{}").put("path", value);
        request.putObject("headers").put("X-Tenant", value);
        JsonNode explained = explain(request);
        assertEquals(value, explained.get("tenant").asText());
        assertEquals(value, explained.get("type").asText());
    }

    static Stream<Arguments> wrong() {
        String begin = "{\"sender\": \"develop-health\", \"body\": {}, ";
        return Stream.of(
                arguments("", "the body must be a JSON object"),
                arguments("[]", "the body must be a JSON object"),
                arguments(MARKER, "the body must be a JSON object"),
                arguments("{\"sender\": \"develop-health\", \"body\": 1} x", "the body must be a JSON object"),
                arguments(begin + "\"body\": 1}", "the body must be a JSON object"),
                arguments(
                        "{\"sender\": \"develop-health\", \"body\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                        "the body must be a JSON object"),
                arguments("{\"body\": {}}", "by-path, coverage-discovery, develop-health"),
                arguments("{\"sender\": \"" + MARKER + "\", \"body\": {}}", "sender must be one of "),
                arguments("{\"sender\": \"direct:develop-health\", \"body\": {}}", "sender must be one of "),
                arguments("{\"sender\": \"../develop-health\", \"body\": {}}", "sender must be one of "),
                arguments("{\"sender\": \"develop-health-event\", \"body\": {}}", "sender must be one of "),
                arguments("{\"sender\": 5, \"body\": {}}", "sender must be text"),
                arguments("{\"sender\": \"develop-health\"}", "body is missing"),
                arguments(begin + "\"" + MARKER + "\": 1}", "unknown field; known are body, headers, path, sender"),
                arguments(begin + "\"path\": []}", "path must be text"),
                arguments(begin + "\"path\": \"\\u0000\"}", "path must be text"),
                arguments(begin + "\"headers\": []}", "headers must be an object"),
                arguments(begin + "\"headers\": {\"x\": 5}}", "each value in headers must be text"),
                arguments(begin + "\"headers\": {\"x\": [\"a\"]}}", "each value in headers must be text"),
                arguments(begin + "\"headers\": {\"x\": \"a\\r\\nb\"}}", "each value in headers must be text"),
                arguments(begin + "\"headers\": {\"CamelHttpPath\": \"a\"}}", "headers must have names of HTTP"),
                arguments(begin + "\"headers\": {\"cAMELx\": \"a\"}}", "headers must have names of HTTP"),
                arguments(begin + "\"headers\": {\"" + MARKER + "\": \"a\"}}", "headers must have names of HTTP"),
                arguments(begin + "\"headers\": {\"\": \"a\"}}", "headers must have names of HTTP"),
                arguments(begin + "\"headers\": {\"x\": \"a\", \"X\": \"b\"}}", "headers must have names of HTTP"),
                arguments(
                        begin + "\"headers\": {\"Content-Type\": \"multipart/form-data; boundary=x\"}}",
                        "a form is answered 415"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongRequestIsRefused(String body, String description) throws Exception {
        HttpResponse<String> response = send(operator, "", body);
        assertEquals(400, response.statusCode(), response.body());
        JsonNode answer = Bundle.json(response);
        assertEquals("invalid_request", answer.get("error").asText());
        assertTrue(answer.get("error_description").asText().contains(description), response.body());
        assertFalse(response.body().contains(MARKER));
    }

    @Test
    void aRequestIsForOperatorsAndOfBoundedSize() throws Exception {
        String good = request("develop-health", "{}").toString();
        assertEquals(200, send(operator, "", good).statusCode());
        assertEquals(401, send(null, "", good).statusCode());
        assertEquals(401, send(operator + "x", "", good).statusCode());
        assertEquals(403, send(bundle.token("optum"), "", good).statusCode());
        assertEquals(400, send(operator, "?sender=develop-health", good).statusCode());
        assertEquals(
                413,
                send(
                                operator,
                                "",
                                request("develop-health", "x".repeat(2_000_000)).toString())
                        .statusCode());
    }

    @Test
    void nothingIsTakenFromTheRequestThatOnlyCarriesTheNotification() throws Exception {
        HttpResponse<String> response = bundle.send(HttpRequest.newBuilder(bundle.uri("/events/explain"))
                .header("Authorization", "Bearer " + operator)
                .header("x-tenant", MARKER)
                .POST(BodyPublishers.ofString(request("by-path", "{}").toString())));
        assertNull(Bundle.json(response).get("tenant").textValue());
    }
}
