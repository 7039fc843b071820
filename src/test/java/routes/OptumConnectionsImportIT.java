package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static routes.support.OptumConnectionsBundle.another;
import static routes.support.OptumConnectionsBundle.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.Refused;
import routes.support.Bundle;
import routes.support.OptumConnectionsBundle;
import routes.support.TestDatabase;

/** What an operator imports of what Optum Connections could not push. */
@ParameterizedClass
@EnumSource
class OptumConnectionsImportIT {

    private static final String MISSED = "23-payment-missed-without-envelope.json";
    private static final String PAYMENT = "09-payment-loading-requested-everything.json";

    private static OptumConnectionsBundle optum;
    private static String operator;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        optum = OptumConnectionsBundle.start(database, Map.of("sender.optum-connections.import-max-items", "20"));
        operator = optum.bundle().token("operator");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        optum.close();
    }

    private static HttpResponse<String> post(String token, String path, String type, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(optum.bundle().uri(path)).POST(BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return optum.bundle().send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return post(operator, "/events/import/optum-connections", "application/json", body);
    }

    /** Imports the list, and expects these counts: accepted, duplicate, parked, quarantined, conflict. */
    private static JsonNode imported(JsonNode list, String counts) throws Exception {
        HttpResponse<String> response = post(list.toString());
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answer = Bundle.json(response);
        assertEquals(0, answer.get("remaining").intValue());
        StringBuilder found = new StringBuilder();
        answer.get("counts").properties().forEach(count -> found.append(count.getValue())
                .append(' '));
        assertEquals(counts, found.toString().strip(), response.body());
        return answer.get("events");
    }

    private static ObjectNode item(String payload) {
        return Bundle.JSON
                .createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("eventName", "payment_loading_requested")
                .put("subscriptionId", UUID.randomUUID().toString())
                .put("eventPayload", payload)
                .put("failurePayload", "503 {\"error\":\"temporarily_unavailable\"}");
    }

    /** The data of a payment event with an id of its own. */
    private static String missed(String paymentId) throws Exception {
        ObjectNode json = another(MISSED);
        json.remove("id");
        json.remove("causationId");
        ((ObjectNode) json.at("/paymentNetwork/id")).put("paymentId", paymentId);
        return json.toString();
    }

    private static ArrayNode list(JsonNode... items) {
        ArrayNode list = Bundle.JSON.createArrayNode();
        for (JsonNode item : items) {
            list.add(item);
        }
        return list;
    }

    @Test
    void aMissedEventIsKeptAsItWouldHaveBeenPushedAndOnce() throws Exception {
        String paymentId = UUID.randomUUID().toString();
        ArrayNode list = list(item(missed(paymentId)), item("{\"type\":\"fund\"}"));
        JsonNode events = imported(list, "1 0 1 0 0");

        Map<String, Object> event = optum.event(missed(paymentId).getBytes());
        assertEquals(events.get(0).asText(), event.get("event_id").toString());
        assertEquals(paymentId, event.get("subject"));
        assertEquals("payment_loading_requested", event.get("type"));
        optum.bundle().awaitTables(event);
        assertEquals("Loading", optum.rows("payment", paymentId).get(0).get("status"));
        assertEquals(events, imported(list, "0 2 0 0 0"));

        HttpResponse<String> replayed = post(operator, "/events/" + event.get("event_id") + "/replay", "", "");
        assertEquals(200, replayed.statusCode(), replayed.body());
        assertEquals(paymentId, Bundle.json(replayed).get("subject").asText());
        assertEquals("accepted", Bundle.json(replayed).get("state").asText());
        assertEquals(
                events, imported(Bundle.JSON.createObjectNode().put("total", 2).set("items", list), "0 2 0 0 0"));
    }

    @Test
    void twoMissedEventsWithTheSamePayloadAreTwo() throws Exception {
        String payload = missed(UUID.randomUUID().toString());
        imported(list(item(payload), item(payload)), "2 0 0 0 0");
    }

    @Test
    void aMissedEventWithItsEnvelopeIsKnownWhenItCameBefore() throws Exception {
        ObjectNode pushed = another(PAYMENT);
        assertEquals(202, optum.post(bytes(pushed)).statusCode());
        ObjectNode changed = pushed.deepCopy().put("source", "https://elsewhere.example.com");
        JsonNode events = imported(list(item(pushed.toString()), item(changed.toString())), "0 1 0 0 1");
        assertEquals(
                optum.event(bytes(pushed)).get("event_id").toString(),
                events.get(0).asText());
    }

    @Test
    void whatIsNewerStaysWhateverIsImportedLater() throws Exception {
        ObjectNode pushed = another(PAYMENT).put("type", "payment_loading_completed");
        ((ObjectNode) pushed.get("data")).put("status", "Loaded");
        String id = pushed.get("id").asText();
        assertEquals(202, optum.post(bytes(pushed)).statusCode());
        optum.bundle().awaitTables(optum.event(bytes(pushed)));
        imported(list(item(missed(id))), "1 0 0 0 0");
        optum.bundle().awaitTables(optum.event(missed(id).getBytes()));
        assertEquals("Loaded", optum.rows("payment", id).get(0).get("status"));
    }

    @Test
    void aBrokenItemIsKeptAsQuarantinedAndTheOthersAreTaken() throws Exception {
        ObjectNode none = item("x");
        none.remove("eventPayload");
        ObjectNode number = item("x").put("eventPayload", 7);
        ArrayNode list = list(
                none,
                number,
                item("  "),
                Bundle.JSON.readTree("\"an item " + UUID.randomUUID() + "\""),
                item("{\"type\":"),
                item("[]"),
                item(missed(UUID.randomUUID().toString())));
        JsonNode events = imported(list, "1 0 0 6 0");
        assertEquals(
                "a missed event without an eventPayload",
                optum.event(none.toString().getBytes()).get("reason"));
        assertEquals(
                events.get(1).asText(),
                optum.event(number.toString().getBytes()).get("event_id").toString());
        assertEquals(events, imported(list, "0 7 0 0 0"));
    }

    @Test
    void theSampleIsTaken() throws Exception {
        imported(
                Bundle.JSON.readTree(Files.readString(Path.of("samples/optum-connections/missed-events.json"))),
                "1 0 0 0 0");
    }

    @Test
    void anEmptyListIsNone() throws Exception {
        imported(list(), "0 0 0 0 0");
    }

    @Test
    void whoImportedIsWrittenDown() throws Exception {
        imported(list(item("{}"), item("{}"), item("{}")), "0 2 0 1 0");
        Map<String, Object> audit = optum.bundle()
                .rows("select * from audit where action = 'import' order by audit_id desc")
                .get(0);
        assertEquals("operator", audit.get("actor"));
        assertEquals("sender optum-connections", audit.get("target"));
        assertEquals("missed events: 3", audit.get("detail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[] and more",
                "\"[]\"",
                "7",
                "null",
                "{}",
                "{\"items\":7}",
                "{\"items\":[],\"links\":[]}",
                "{\"page\":{\"items\":[]}}",
                "[{\"id\":\"1\",\"id\":\"2\"}]",
                "[]\u0000",
                "\u0000\u0000"
            })
    void whatIsNoListIsRefused(String body) throws Exception {
        HttpResponse<String> response = post(body);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals("invalid_request", Bundle.json(response).get("error").asText());
    }

    @Test
    void aListThatIsTooLongIsRefusedAndNothingOfItStored() throws Exception {
        String payload = missed(UUID.randomUUID().toString());
        ArrayNode list = list();
        for (int i = 0; i <= 20; i++) {
            list.add(item(payload));
        }
        HttpResponse<String> response = post(list.toString());
        assertEquals(400, response.statusCode());
        assertEquals(
                "no more than 20 missed events at once",
                Bundle.json(response).get("error_description").asText());
        assertEquals("0", optum.bundle().select("select count(*) from event where body_hash = ?", (Object)
                Bundle.hash(payload.getBytes())));
    }

    @ParameterizedTest
    @CsvSource({
        // client, query, content type, status
        ",         '',   application/json,                  401",
        "optum,    '',   application/json,                  403",
        "operator, ?a=b, application/json,                  400",
        "operator, '',   text/plain,                        415",
        "operator, '',   application/x-www-form-urlencoded, 415",
        "operator, '',   '',                                200"
    })
    void onlyOperatorsImportAndOnlyJson(String client, String query, String type, int status) throws Exception {
        String token = client == null ? null : optum.bundle().token(client);
        assertEquals(
                status,
                post(token, "/events/import/optum-connections" + query, type, "[]")
                        .statusCode());
    }

    @Test
    void aListThatCouldNotBeStoredToItsEndMayBePostedAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        AdviceWith.adviceWith(optum.bundle().context(), "optum-connections", advice -> advice.weaveAddFirst()
                .process(exchange -> {
                    if (broken.get() && "payment_loading_failed".equals(exchange.getVariable("type"))) {
                        throw Refused.unavailable("a test", 7);
                    }
                }));
        ArrayNode list = list(
                item(missed(UUID.randomUUID().toString())),
                item("{\"type\":\"payment_loading_failed\"}"),
                item(missed(UUID.randomUUID().toString())));
        HttpResponse<String> response = post(list.toString());

        assertEquals(503, response.statusCode());
        assertEquals("7", response.headers().firstValue("Retry-After").orElse(""));
        assertFalse(response.body().contains("counts"));
        broken.set(false);
        imported(list, "2 1 0 0 0");
    }
}
