package routes.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One partner of a bundle, what it is told of, and what became of it.
 *
 * @param id of the partner; also the tenant whose events it sees
 */
public record Subscriber(Bundle bundle, Registry registry, String id) {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final int TYPE = 1;

    /** What {@link #Subscriber} needs; attempts follow one another quickly, there are two, and no failure keeps the next from being made. */
    public static Map<String, String> settings(List<String> partners) {
        Map<String, String> settings = new HashMap<>(Registry.clients(partners));
        settings.put("demo.enabled", "false");
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.retry-schedule", "100ms");
        settings.put("callback.circuit-failures", "1000");
        return settings;
    }

    public static Subscriber of(Bundle bundle, String id) throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(id, id);
        return new Subscriber(bundle, registry, id);
    }

    /** Registers where it is to be told; answers its secret the first time. */
    public String at(String url) throws Exception {
        return registry.register(id, TYPE, url);
    }

    /** The same, where we first have to ask for an access token elsewhere. */
    public void at(String url, String tokenUrl) throws Exception {
        ObjectNode body = Bundle.JSON.createObjectNode().put("callbackUrl", url);
        body.putObject("auth")
                .put("type", "oauth2")
                .put("tokenUrl", tokenUrl)
                .put("clientId", "us")
                .put("clientSecret", "secret");
        registry.put(id, TYPE, body);
    }

    /** A new event that it may see; answers the subject. */
    public String tell() throws Exception {
        String task = UUID.randomUUID().toString();
        int status = bundle.send(bundle.request(bundle.token("optum"))
                        .setHeader("x-optum-tenant-id", id)
                        .POST(BodyPublishers.ofByteArray(Fixtures.task(TASK, task))))
                .statusCode();
        assertEquals(204, status);
        return task;
    }

    public void awaitState(String task, String state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> bundle.rows(
                        "select d.state from delivery d join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.route = 'callback'",
                        task)
                .equals(List.of(Map.of("state", state))));
    }

    /** Outcome, status and reason of each attempt, the oldest first. */
    public List<String> attempts(String task) {
        return bundle
                .rows(
                        "select a.* from delivery_attempt a join delivery d on d.delivery_id = a.delivery_id"
                                + " join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.route = 'callback' order by a.claim_number",
                        task)
                .stream()
                .map(row -> row.get("outcome") + " " + row.get("status") + " " + row.get("reason"))
                .toList();
    }
}
