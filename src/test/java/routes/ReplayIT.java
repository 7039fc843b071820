package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.AccessRcSender;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;
import routes.support.TestRoutes;

/** A stored event once more through today's schema and router. */
@ParameterizedClass
@EnumSource
class ReplayIT {

    private static Bundle bundle;
    private static String operator;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = AccessRcSender.settings();
        settings.remove("kafka.brokers");
        bundle = Bundle.start(database.create(), settings, new TestRoutes(ReplayIT::routes));
        operator = bundle.token("operator");
    }

    /** Somebody has added types that the routers park. */
    // @formatter:off
    private static void routes(RouteBuilder routes) {

        routes.from("direct:program-closed")
            .routeId("accessrc:PROGRAM_CLOSED")
            .choice()
                .when(routes.simple("${variable.status} == 'Closed' && ${variable.tenant} == 'lakeside'")).to("delivery:jdbc/notification")
                .otherwise().to("delivery:parked")
            .end();

        routes.from("direct:task-late")
            .routeId("coverage-discovery:task")
            .choice()
                .when(routes.simple("${variable.tenant} == 'tenant-1' && ${variable.correlationId} == 'as stored'")).to("delivery:jdbc/notification")
                .otherwise().to("delivery:parked")
            .end();
    }
    // @formatter:on

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    /** Posts a task with that status and tells the id of its event. */
    private static String posted(String status) throws Exception {
        ObjectNode task = (ObjectNode)
                Bundle.JSON.readTree(Fixtures.bytes("coverage-discovery/valid/01-success-chained-everything.json"));
        String subject = "task-" + UUID.randomUUID();
        bundle.post(
                bundle.token("optum"),
                Bundle.JSON.writeValueAsBytes(task.put("id", subject).put("status", status)));
        return bundle.select("select event_id from event where subject = ?", subject);
    }

    private static HttpResponse<String> replay(String token, String id) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + id + "/replay"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
    }

    private static JsonNode delivered(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> bundle.get(operator, "/events/" + id),
                        event -> event.at("/deliveries/0/state").asText().equals("delivered"));
    }

    @Test
    void aDeliveryThatIsMissingIsAddedAndOneThatIsThereStaysAsItIs() throws Exception {
        String id = posted("success");
        JsonNode before = delivered(id);
        assertEquals(200, replay(operator, id).statusCode());
        assertEquals(before, bundle.get(operator, "/events/" + id));

        bundle.execute("delete from delivery where event_id = '" + id + "'");
        JsonNode answer = Bundle.json(replay(operator, id));
        assertEquals(
                "jdbc/coverage_discovery_task",
                answer.at("/deliveries/0/destination").asText());
        JsonNode after = delivered(id);
        for (String kept : List.of("id", "sequence", "receivedAt", "state")) {
            assertEquals(before.get(kept), after.get(kept));
        }
        assertEquals(
                "2", bundle.select("select count(*) from audit where action = 'replay' and target = ?", "event " + id));
    }

    @Test
    void aParkedEventThatTheRouterKnowsByNowIsDelivered() throws Exception {
        String id = posted("unheard-of");
        assertEquals("parked", Bundle.json(replay(operator, id)).get("state").asText());

        // as if the router had not known it when it came
        String late = posted("failure");
        delivered(late);
        bundle.execute("delete from delivery where event_id = '" + late + "'");
        bundle.execute("update event set state = 'parked' where event_id = '" + late + "'");
        assertEquals(
                "accepted", Bundle.json(replay(operator, late)).get("state").asText());
        delivered(late);
    }

    @Test
    void whatWasParkedIsTakenOutOfThePayloadAgain() throws Exception {
        AccessRcSender.post(
                bundle, "program.closed", "{\"id\": \"program-7\", \"status\": \"Closed\"}".getBytes(UTF_8));
        String id = bundle.select("select event_id from event where subject = 'program-7'");
        delivered(id);
        // as if nobody had known what is what in it
        bundle.execute("delete from notification");
        bundle.execute("delete from delivery where event_id = '" + id + "'");
        bundle.execute(
                "update event set state = 'parked', status = null, subject = null where event_id = '" + id + "'");

        JsonNode answer = Bundle.json(replay(operator, id));
        assertEquals("accepted", answer.get("state").asText());
        assertEquals("PROGRAM_CLOSED", answer.get("type").asText());
        assertEquals("Closed", answer.get("status").asText());
        assertEquals("program-7", answer.get("subject").asText());
        delivered(id);
        assertEquals("Closed", bundle.select("select status from notification where subject = 'program-7'"));
    }

    @Test
    void whatTheHeadersToldIsAsItWasStored() throws Exception {
        String id = posted("late");
        assertEquals("parked", Bundle.json(replay(operator, id)).get("state").asText());
        bundle.execute("update event set correlation_id = 'as stored' where event_id = '" + id + "'");
        JsonNode answer = Bundle.json(replay(operator, id));
        assertEquals("accepted", answer.get("state").asText());
        assertEquals("tenant-1", answer.get("tenant").asText());
        delivered(id);
    }

    @Test
    void anEventThatIsInvalidTodayIsKeptAsItIs() throws Exception {
        byte[] invalid = "{\"id\": 5}".getBytes(UTF_8);
        bundle.post(bundle.token("optum"), invalid);
        String id = bundle.select("select event_id from event where body_hash = ?", (Object) Bundle.hash(invalid));
        HttpResponse<String> answer = replay(operator, id);
        assertEquals(409, answer.statusCode());
        assertEquals("invalid_event", Bundle.json(answer).get("error").asText());
        assertEquals(
                "quarantined",
                bundle.get(operator, "/events/" + id).get("state").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "operator, 00000000-0000-4000-8000-00000000abcd, 404",
        "operator, nonsense, 400",
        "optum, 00000000-0000-4000-8000-00000000abcd, 403",
    })
    void aReplayIsForOperatorsAndForEventsThatThereAre(String client, String id, int status) throws Exception {
        assertEquals(status, replay(bundle.token(client), id).statusCode());
    }

    private static HttpResponse<String> replayAll(String token, String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/events/replay"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode replayed(String body) throws Exception {
        HttpResponse<String> answer = replayAll(operator, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return Bundle.json(answer);
    }

    /** Events with a correlation id of their own, parked as if the router had not known them; in the order in which they came. */
    private static List<String> parked(String correlationId, int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(posted("failure"));
            delivered(ids.get(i));
            bundle.execute("delete from delivery where event_id = '" + ids.get(i) + "'");
            bundle.execute(
                    "update event set state = 'parked', correlation_id = ? where event_id = ?",
                    correlationId,
                    UUID.fromString(ids.get(i)));
        }
        return ids;
    }

    private static List<String> states(List<String> ids) throws Exception {
        List<String> states = new ArrayList<>();
        for (String id : ids) {
            states.add(bundle.get(operator, "/events/" + id).get("state").asText());
        }
        return states;
    }

    @Test
    void aPreviewCountsAndChangesNothing() throws Exception {
        List<String> ids = parked("previewed", 3);
        String audits = bundle.select("select count(*) from audit");
        for (String preview : List.of("", ", \"preview\": true", ", \"limit\": 1")) {
            assertEquals(
                    "{\"matching\":3}",
                    replayed("{\"filter\": {\"correlationId\": \"previewed\"}" + preview + "}")
                            .toString());
        }
        assertEquals(
                "{\"matching\":0}",
                replayed("{\"filter\": {\"correlationId\": \"previewed\", \"to\": \"2020-01-01T00:00:00Z\"}}")
                        .toString());
        assertEquals(List.of("parked", "parked", "parked"), states(ids));
        assertEquals(audits, bundle.select("select count(*) from audit"));
    }

    @Test
    void theOldestAreReplayedFirstAndTheCursorGoesOn() throws Exception {
        List<String> ids = parked("many", 5);
        String request = "{\"preview\": false, \"limit\": 2, \"filter\": {\"correlationId\": \"many\"}";
        JsonNode first = replayed(request + "}");
        assertEquals(numbers(2, 2, 0), numbers(first));
        assertEquals(List.of("accepted", "accepted", "parked", "parked", "parked"), states(ids));
        String cursor = ", \"cursor\": \"" + first.get("next").asText() + "\"}";
        JsonNode second = replayed(request + cursor);
        assertEquals(numbers(2, 2, 0), numbers(second));
        JsonNode last = replayed(request
                + cursor.replace(first.get("next").asText(), second.get("next").asText()));
        assertEquals(numbers(1, 1, 0), numbers(last));
        assertFalse(last.has("next"));
        for (String id : ids) {
            delivered(id);
            assertEquals(
                    "operator",
                    bundle.select("select actor from audit where action = 'replay' and target = ?", "event " + id));
        }
        assertEquals(numbers(5, 0, 0), numbers(replayed(request.replace("2", "1000") + "}")), "nothing is missing");
    }

    private static List<Integer> numbers(int replayed, int deliveries, int parked) {
        return List.of(replayed, deliveries, parked);
    }

    private static List<Integer> numbers(JsonNode answer) {
        return Stream.of("replayed", "deliveries", "parked")
                .map(name -> answer.get(name).intValue())
                .toList();
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() throws Exception {
        List<String> ids = parked("mixed", 5);
        bundle.execute(
                "update event set payload_key_id = 'plain', payload = ? where event_id = '" + ids.get(0) + "'",
                "{}".getBytes(UTF_8));
        ObjectNode unheardOf = (ObjectNode) Bundle.JSON.readTree(
                bundle.payload(bundle.rows("select * from event where event_id = '" + ids.get(1) + "'")
                        .get(0)));
        bundle.execute(
                "update event set payload_key_id = 'plain', payload = ? where event_id = '" + ids.get(1) + "'",
                Bundle.JSON.writeValueAsBytes(unheardOf.put("status", "unheard-of")));
        bundle.execute(
                "update event set state = 'quarantined', reason = 'conflict: event x is stored with another body'"
                        + " where event_id = '" + ids.get(2) + "'");
        bundle.execute("update event set sender = 'no-more' where event_id = '" + ids.get(3) + "'");
        JsonNode answer = replayed("{\"preview\": false, \"filter\": {\"correlationId\": \"mixed\"}}");
        assertEquals(numbers(2, 1, 1), numbers(answer));
        assertEquals(List.of("parked", "parked", "quarantined", "parked", "accepted"), states(ids));
        assertEquals(
                List.of(ids.get(0), ids.get(2), ids.get(3)),
                answer.get("refused").findValuesAsText("id"));
        assertEquals(
                List.of(
                        "the event is invalid: not valid: $ required id; $ required status; $ required discoveryPaths",
                        "the event cannot be replayed: conflict: event x is stored with another body",
                        "the event cannot be replayed: its sender has no router"),
                answer.get("refused").findValuesAsText("reason"));
    }

    @Test
    void aThrowInARouterIsListedWithoutItsMessage() throws Exception {
        List<String> ids = parked("thrown", 2);
        AtomicBoolean broken = new AtomicBoolean(true);
        AdviceWith.adviceWith(bundle.context(), "coverage-discovery", advice -> advice.weaveAddFirst()
                .process(exchange -> {
                    if (broken.getAndSet(false)) {
                        throw new IllegalStateException("a patient's name");
                    }
                }));
        JsonNode answer = replayed("{\"preview\": false, \"filter\": {\"correlationId\": \"thrown\"}}");
        assertEquals(numbers(1, 1, 0), numbers(answer));
        assertEquals(ids.get(0), answer.at("/refused/0/id").asText());
        String reason = answer.at("/refused/0/reason").asText();
        assertTrue(reason.startsWith("failed here: IllegalStateException"), reason);
        assertEquals(List.of("parked", "accepted"), states(ids));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the body must be a JSON object",
                "{} | filter must have at least one field",
                "{\"filter\": {}} | without any, it would be every event",
                "{\"filter\": []} | filter must be an object",
                "{\"filter\": {\"colour\": \"red\"}} | filter has an unknown field; known are correlationId, ",
                "{\"filter\": {\"state\": 5}} | each value in filter must be text",
                "{\"filter\": {\"state\": \"\\u0000\"}} | each value in filter must be text",
                "{\"filter\": {\"from\": \"yesterday\"}} | from must be a time",
                "{\"filter\": {\"state\": \"parked\"}, \"preview\": \"no\"} | preview must be true or false",
                "{\"filter\": {\"state\": \"parked\"}, \"limit\": 0} | limit must be a number from 1 to 1000",
                "{\"filter\": {\"state\": \"parked\"}, \"limit\": 1001} | limit must be a number from 1 to 1000",
                "{\"filter\": {\"state\": \"parked\"}, \"limit\": \"5\"} | limit must be a number from 1 to 1000",
                "{\"filter\": {\"state\": \"parked\"}, \"limit\": 1.5} | limit must be a number from 1 to 1000",
                "{\"filter\": {\"state\": \"parked\"}, \"cursor\": \"x\"} | cursor must be what next was",
                "{\"filter\": {\"state\": \"parked\"}, \"state\": \"parked\"} | unknown field; known are cursor, ",
            })
    void aWrongFilterIsRefused(String body, String description) throws Exception {
        HttpResponse<String> answer = replayAll(operator, body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(Bundle.json(answer).get("error_description").asText().contains(description), answer.body());
    }

    @Test
    void aReplayOfManyIsForOperators() throws Exception {
        String body = "{\"filter\": {\"state\": \"parked\"}}";
        assertEquals(403, replayAll(bundle.token("optum"), body).statusCode());
        assertEquals(401, replayAll("x", body).statusCode());
        assertEquals(
                400,
                bundle.send(HttpRequest.newBuilder(bundle.uri("/events/replay?state=parked"))
                                .header("Authorization", "Bearer " + operator)
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode());
    }
}
