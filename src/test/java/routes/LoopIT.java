package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Registry;
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/**
 * The bundle as its own partner: what it sends, in each way of showing who it is and in each format, its own webhooks let in and keep.
 */
class LoopIT {

    private static final String TASK = "coverage-discovery/valid/01-success-chained-everything.json";
    private static final List<String> FORMATS = List.of("notification", "original", "cloudevents");
    private static final String SECRET = "a secret of thirty-two characters and more";
    private static final String OAUTH2 =
            "{'type':'oauth2','tokenUrl':'%s','clientId':'loop','clientSecret':'test-secret','tokenRequest':'%s'}";

    /** One for each way in which AccessRC may authenticate; that is one setting. */
    private static final Map<String, Bundle> BUNDLES = new HashMap<>();

    private static Bundle bundle(String accessRcAuth) {
        return BUNDLES.computeIfAbsent(accessRcAuth, auth -> {
            Map<String, String> settings = new HashMap<>(Registry.clients(FORMATS));
            settings.put("oauth2.client.optum.tenants", "*");
            settings.put("oauth2.client.loop.secret", Bundle.SECRET_HASH);
            settings.put("oauth2.client.loop.scopes", "coverage-discovery");
            settings.put("oauth2.client.loop.tenants", "inner");
            settings.put("sender.develop-health.secrets", "other, " + SECRET);
            settings.put("sender.optum-connections.secrets", SECRET);
            settings.put("sender.accessrc.auth", auth);
            settings.put("sender.accessrc.secrets", SECRET);
            settings.put("sender.accessrc.header-name", "x-api-key");
            settings.put("sender.accessrc.username", "loop");
            settings.put("sender.accessrc.password", SECRET);
            settings.put("callback.slow-retry", "1h");
            return Bundle.start(TestDatabase.H2.create(), settings);
        });
    }

    @AfterAll
    static void stop() {
        BUNDLES.values().forEach(Bundle::close);
    }

    static Stream<Arguments> schemes() {
        String hmac = "{'type':'hmac','header':'%s','secret':'" + SECRET + "','prefix':'%s'}";
        return Stream.of(
                arguments("none", "accessrc/loop", "none", "{'type':'none'}"),
                arguments(
                        "basic",
                        "accessrc/loop",
                        "basic",
                        "{'type':'basic','username':'loop','password':'" + SECRET + "'}"),
                arguments(
                        "header",
                        "accessrc/loop",
                        "header",
                        "{'type':'header','name':'x-api-key','value':'" + SECRET + "'}"),
                arguments("hmac with a prefix", "accessrc/loop", "hmac", hmac.formatted("x-signature", "sha256=")),
                arguments(
                        "hmac",
                        "optum-connections",
                        "hmac",
                        hmac.formatted("X-Optum-Webhook-Callback-Hmac-Signature", "")),
                arguments(
                        "jwt",
                        "develop-health",
                        "hmac",
                        "{'type':'jwt','header':'X-Webhook-Secret','secret':'" + SECRET + "'}"),
                arguments("oauth2 by form", "coverage-discovery", "hmac", OAUTH2.formatted("%s", "form")),
                arguments("oauth2 by JSON", "coverage-discovery", "hmac", OAUTH2.formatted("%s", "json")),
                arguments("oauth2 by Basic", "coverage-discovery", "hmac", OAUTH2.formatted("%s", "basic")));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("schemes")
    void whatIsSentIsLetInAndKept(String name, String webhook, String accessRcAuth, String auth) throws Exception {
        Bundle bundle = bundle(accessRcAuth);
        Registry registry = new Registry(bundle.uri("/"));
        String sender = webhook.split("/")[0];
        String outer = "outer-" + UUID.randomUUID();
        bundle.execute("update event set sender = 'before' where sender = ?", sender);
        for (String format : FORMATS) {
            registry.grant(format, outer);
            ObjectNode body = Bundle.JSON.createObjectNode();
            body.put("callbackUrl", bundle.uri("/webhooks/" + webhook).toString());
            body.put("format", format);
            body.set(
                    "auth",
                    Bundle.JSON.readTree(TestRegistry.json(
                            auth.replace("%s", bundle.uri("/oauth2/token").toString()))));
            body.putObject("headers").put("x-optum-tenant-id", "inner");
            registry.put(format, 1, body);
        }
        byte[] task = Fixtures.task(TASK, UUID.randomUUID().toString());
        assertEquals(
                204,
                bundle.send(bundle.request(bundle.token("optum"))
                                .setHeader("x-optum-tenant-id", outer)
                                .POST(BodyPublishers.ofByteArray(task)))
                        .statusCode());

        String received =
                "select event_id, payload, payload_key_id, state, content_type from event where sender = ? and tenant <> ?";
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertEquals(3, bundle.rows(received, sender, outer).size()));
        for (Map<String, Object> event : bundle.rows(received, sender, outer)) {
            byte[] payload = bundle.payload(event);
            JsonNode json = Bundle.JSON.readTree(payload);
            if (json.has("specversion")) {
                assertEquals("application/cloudevents+json", event.get("content_type"));
                assertEquals("/webhooks/coverage-discovery", json.get("source").asText());
                assertEquals(Bundle.JSON.readTree(task), json.get("data"));
            } else if (json.has("notificationTypeID")) {
                assertEquals("success", json.at("/rawBody/stateDescription").asText());
                assertFalse(new String(payload).contains("x12-271"));
            } else {
                assertArrayEquals(task, payload);
            }
        }
    }
}
