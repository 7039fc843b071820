package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.MetricsDoc;
import routes.support.MetricsDoc.Family;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** What Prometheus sees of each thing that can happen to a notification and to a delivery; and that docs/metrics.md has just what there is. */
class MetricsIT {

    private static Bundle bundle;
    private static Partner partner;

    @BeforeAll
    static void drive() throws Exception {
        partner = new Partner();
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1", "p2")));
        settings.put("metrics.database-seconds", "1");
        settings.put("callback.retry-schedule", "1s");
        settings.put("callback.circuit-failures", "2");
        settings.put("callback.circuit-pauses", "1h");
        settings.put("retention.sweep-seconds", "1");
        settings.put("oauth2.client.operator.scopes", "operations admin");
        bundle = Bundle.start(TestDatabase.POSTGRESQL.create(), settings);
        Registry registry = new Registry(bundle.uri("/"));
        partner.answers("/p1", Partner.status(500));
        partner.answers("/p2", Partner.status(410));
        for (String name : List.of("p1", "p2")) {
            registry.grant(name, Bundle.TENANT);
            registry.register(name, 1, partner.url("/" + name));
        }
        String token = bundle.token("optum");
        byte[] task = Fixtures.failedTask(UUID.randomUUID());
        for (int status : List.of(post(token, task), post(token, task))) {
            assertEquals(204, status);
        }
        assertEquals(204, post(token, Fixtures.bytes("coverage-discovery/valid/13-unknown-status.json")));
        assertEquals(400, post(token, Fixtures.bytes("coverage-discovery/invalid/06-id-missing.json")));
        assertEquals(401, post("nobody", task));
        assertEquals(
                404, bundle.send(HttpRequest.newBuilder(bundle.uri("/nowhere"))).statusCode());
        bundle.send(HttpRequest.newBuilder(bundle.uri("/destinations/pause"))
                .header("Authorization", "Bearer " + bundle.token("operator"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"destination\": \"jdbc/notification\"}")));
    }

    private static int post(String token, byte[] task) throws Exception {
        return bundle.post(token, task).statusCode();
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
        partner.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            webhook_received_total{sender="coverage-discovery"}                                             | 5
            webhook_received_total{sender="develop-health"}                                                 | 0
            webhook_events_total{outcome="accepted",sender="coverage-discovery"}                            | 1
            webhook_events_total{outcome="duplicate",sender="coverage-discovery"}                           | 1
            webhook_events_total{outcome="parked",sender="coverage-discovery"}                              | 1
            webhook_events_total{outcome="quarantined",sender="coverage-discovery"}                         | 1
            webhook_events_total{outcome="conflict",sender="coverage-discovery"}                            | 0
            webhook_refused_total{reason="invalid_request",route="coverage-discovery-webhook",status="400"} | 1
            webhook_refused_total{reason="invalid_token",route="coverage-discovery-webhook",status="401"}   | 1
            webhook_refused_total{reason="not_found",route="edge",status="404"}                             | 1
            webhook_commit_seconds_count{outcome="committed"}                                               | 4
            webhook_commit_notifications_sum                                                                | 4
            webhook_deliveries_total{kind="jdbc",outcome="delivered"}                                       | 1
            webhook_deliveries_total{kind="callback",outcome="dead"}                                        | 1
            webhook_deliveries_total{kind="callback",outcome="suspended"}                                   | 1
            webhook_deliveries_total{kind="kafka",outcome="delivered"}                                      | 0
            webhook_delivery_attempt_seconds_count{kind="jdbc",outcome="delivered"}                         | 1
            webhook_delivery_attempt_seconds_count{kind="callback",outcome="failed"}                        | 1
            webhook_delivery_attempt_seconds_count{kind="callback",outcome="dead"}                          | 1
            webhook_deliveries_waiting{held="no",kind="callback"}                                           | 0
            webhook_deliveries_dead{kind="callback"}                                                        | 1
            webhook_deliveries_suspended{kind="callback"}                                                   | 1
            webhook_circuits_open                                                                           | 1
            webhook_destinations_paused                                                                     | 1
            webhook_payloads_expiring                                                                       | 0
            webhook_inbox_waiting                                                                           | 0
            webhook_inbox_waiting_limit                                                                     | 1024
            webhook_http_requests                                                                           | 0
            webhook_delivery_workers{kind="callback",route="callback"}                                      | 64
            webhook_deliveries_in_flight{kind="callback",route="callback"}                                  | 0
            webhook_deliveries_in_memory{kind="callback",route="callback"}                                  | 0
            hikaricp_connections_max{pool="inbox"}                                                          | 10
            """)
    void whatHappenedIsCounted(String series, double value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(value, scrape().get(series), () -> series));
    }

    /** The oldest delivery waits for as long as it is there, also between attempts; replayed, it begins anew. */
    @Test
    void theLagIsTheAgeOfTheOldestThatWaits() {
        UUID event = UUID.fromString(bundle.select("select event_id from event where state = 'parked'"));
        bundle.execute(
                "insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, claim_number, waiting_since)"
                        + " values (?, ?, 'kafka/x', 'kafka/x', 'kafka/x', 'pending', current_timestamp + interval '1' day, 0,"
                        + " current_timestamp - interval '2' hour)",
                UUID.randomUUID(),
                event);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(
                        7200, scrape().get("webhook_delivery_lag_seconds{held=\"no\",kind=\"kafka\"}"), 60));
        assertEquals(1, scrape().get("webhook_deliveries_waiting{held=\"no\",kind=\"kafka\"}"));
        bundle.execute("delete from delivery where event_id = ?", event);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertEquals(0, scrape().get("webhook_delivery_lag_seconds{held=\"no\",kind=\"kafka\"}")));
    }

    /** For people: what probes ask is the database only. */
    @Test
    void healthTellsHowDeliveriesAre() throws Exception {
        JsonNode deliveries = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> check("health", "deliveries").path("data"),
                        data -> data.path("callback.dead").asInt() == 1);
        assertEquals(1, deliveries.get("circuits-open").asInt());
        assertEquals(1, deliveries.get("destinations-paused").asInt());
        assertEquals(0, deliveries.get("kafka.waiting").asInt());
        assertEquals(1024, check("health", "inbox").at("/data/limit").asInt());
        for (String probe : List.of("health/ready", "health/live")) {
            assertTrue(check(probe, "deliveries").isMissingNode(), probe);
            assertTrue(check(probe, "inbox").isMissingNode(), probe);
        }
    }

    private static JsonNode check(String path, String name) throws Exception {
        HttpResponse<String> answer = bundle.send(
                HttpRequest.newBuilder(bundle.management("/observe/" + path + "?exposureLevel=full&data=true")));
        for (JsonNode check : Bundle.json(answer).path("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        return MissingNode.getInstance();
    }

    /** Names, types and labels: what is scraped is documented, and what is documented is there. */
    @Test
    void theDocumentHasThemAll() throws Exception {
        await().atMost(Duration.ofSeconds(30)) // some are there only once something of theirs has happened
                .untilAsserted(() -> assertEquals(new TreeMap<>(MetricsDoc.documented()), ours()));
        assertTrue(ours().size() > 20);
    }

    private static Map<String, Family> ours() throws Exception {
        Map<String, Family> scraped = new TreeMap<>(MetricsDoc.families(bundle.scrape()));
        scraped.keySet().removeIf(name -> !name.startsWith("webhook_"));
        return scraped;
    }

    /** No label has a value that a request or a partner brings. */
    @Test
    void labelsHaveWordsOfOurOwnOnly() throws Exception {
        Set<String> routes = bundle.context().getRoutes().stream()
                .map(route -> route.getRouteId())
                .collect(Collectors.toSet());
        String text = bundle.scrape();
        for (String foreign : List.of(Bundle.TENANT, "p1", "p2", "127.0.0.1", "nowhere")) {
            assertTrue(!text.contains('"' + foreign + '"') && !text.contains("/" + foreign + '"'), foreign);
        }
        Set<String> values = new TreeSet<>(MetricsDoc.values(text, "webhook_refused_total", "route"));
        values.removeAll(routes);
        assertEquals(Set.of("edge"), values);
    }

    private static Map<String, Double> scrape() {
        try {
            return MetricsDoc.series(bundle.scrape());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
