package routes.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.Site;

/** What whoever has deployed the bundle tries first. */
final class TryOut {

    private static final int SIGTERM = 128 + 15;

    private TryOut() {}

    /** A task of Coverage Discovery is acknowledged and delivered, and so is an event of the type that the example drops in. */
    static void deliver(BundleProcess bundle) throws Exception {
        UUID task = UUID.randomUUID();
        post(
                204,
                bundle,
                HttpRequest.newBuilder(bundle.webhook())
                        .header("Authorization", "Bearer " + bundle.token("optum"))
                        .header("x-optum-tenant-id", "lakeside"),
                new String(Fixtures.failedTask(task)));
        post(
                202,
                bundle,
                HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                        .header("X-Webhook-Secret", Jwts.of(Site.DEVELOP_HEALTH_SECRET)),
                """
                {"event_type": "prior_authorization.appeal_withdrawn", "data": {"id": "appeal_2", "status": "withdrawn"}}""");
        bundle.awaitDeliveries(Duration.ofMinutes(1));
        assertEquals(List.of("jdbc/coverage_discovery_task"), delivered(bundle, task.toString()));
        assertEquals(List.of("jdbc/notification"), delivered(bundle, "appeal_2"));
    }

    private static void post(int status, BundleProcess bundle, HttpRequest.Builder request, String body)
            throws Exception {
        request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        assertEquals(status, bundle.send(request).statusCode());
    }

    private static List<String> delivered(BundleProcess bundle, String subject) throws Exception {
        JsonNode events = Bundle.json(bundle.send(HttpRequest.newBuilder(bundle.uri("/events?subject=" + subject))
                .header("Authorization", "Bearer " + bundle.token("operator"))));
        return events.at("/events/0/deliveries").findValuesAsText("destination");
    }

    /** It ends as an orchestrator asks it to, and says so at the end. */
    static void stop(BundleProcess bundle) throws Exception {
        bundle.terminate();
        assertEquals(SIGTERM, bundle.exitCode(Duration.ofSeconds(45)));
        String log = bundle.output();
        assertTrue(log.contains("shutdown in"), log);
    }
}
