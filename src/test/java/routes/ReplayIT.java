package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

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
        bundle = Bundle.start(database);
        operator = bundle.token("operator");
    }

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
    void anEventThatIsInvalidTodayIsKeptAsItIs() throws Exception {
        bundle.post(bundle.token("optum"), "{\"id\": 5}".getBytes(StandardCharsets.UTF_8));
        String id = bundle.select("select event_id from event where state = 'quarantined'");
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
}
