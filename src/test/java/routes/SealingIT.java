package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.inbox.SealedPayloads;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** What is stored is sealed, and the keys that seal it can be changed while everything goes on. */
class SealingIT {

    private static final String PARTNER = "sealed";
    private static final String HIDDEN = "hidden-0123456789";

    private final Map<UUID, byte[]> payloads = new HashMap<>();
    private Properties database;
    private Partner partner;

    private static String key(int id) {
        byte[] key = new byte[32];
        new Random(id).nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    private Bundle start(String keys) {
        Map<String, String> settings = Registry.clients(List.of(PARTNER));
        settings.put("sealing.keys", keys);
        return Bundle.start(database, settings);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keysAreRotatedWithoutLosingAnything(TestDatabase kind) throws Exception {
        database = kind.create();
        try (Partner server = new Partner()) {
            partner = server;
            try (Bundle bundle = start(key(1))) {
                register(bundle);
                post(bundle);
                assertNothingIsInClear(bundle);
                storeInClear(bundle, post(bundle));
            }
            try (Bundle bundle = start(key(2) + ", " + key(1))) {
                post(bundle);
                assertEquals(sealing("2 seals, in use; 1 in use; plain"), sealing(bundle));
                reseal(bundle);
                assertEquals(sealing("2 seals, in use; 1"), sealing(bundle));
                assertReadable(bundle);
                assertNothingIsInClear(bundle);
            }
            try (Bundle bundle = start(key(2))) {
                post(bundle);
                assertReadable(bundle);
            }
            try (Bundle bundle = start(key(2) + ", " + key(1))) {
                assertNothingOpensElsewhere(bundle);
            }
        }
        RuntimeException failed =
                assertThrows(RuntimeException.class, () -> start(key(1)).close());
        List<String> messages = new ArrayList<>();
        ObjectHelper.createExceptionIterable(failed).forEach(cause -> messages.add(String.valueOf(cause.getMessage())));
        assertTrue(
                messages.stream()
                        .anyMatch(message -> message.endsWith("key that is not in sealing.keys: 2")
                                || message.endsWith(
                                        "has rows that the key 2 has sealed, and it is not in sealing.keys")),
                () -> "no clear sentence in " + messages);
    }

    /** As docs/privacy.md has it: each opens what another seals, at every step. */
    @Test
    void instancesAreRotatedOneAfterTheOther() throws Exception {
        database = TestDatabase.POSTGRESQL.create();
        try (Partner server = new Partner()) {
            partner = server;
            try (Bundle old = start(key(1));
                    Bundle announced = start(key(1) + ", " + key(2))) {
                register(old);
                goesOn(old, announced);
                old.close();
                try (Bundle rotated = start(key(2) + ", " + key(1))) {
                    goesOn(rotated, announced);
                    CompletableFuture<Integer> resealed =
                            CompletableFuture.supplyAsync(() -> rotated.bean("sealed-payloads", SealedPayloads.class)
                                    .reseal());
                    goesOn(announced, rotated);
                    assertTrue(resealed.join() > 0);
                }
            }
        }
    }

    private void goesOn(Bundle... bundles) throws Exception {
        for (Bundle bundle : bundles) {
            post(bundle);
        }
        for (Bundle bundle : bundles) {
            assertReadable(bundle);
        }
    }

    /** With a secret of its own, one before it, and one that authenticates us. */
    private void register(Bundle bundle) throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(PARTNER, Bundle.TENANT);
        ObjectNode body = Bundle.JSON.createObjectNode();
        body.put("callbackUrl", partner.url("/" + PARTNER)).put("format", "original");
        body.putObject("auth").put("type", "header").put("name", "x-api-key").put("value", HIDDEN);
        registry.put(PARTNER, 1, body);
        partner.secret(
                "/" + PARTNER,
                registry.post(PARTNER, 1, "rotate-secret").get("secret").asText());
    }

    /** Posts a task, which the partner must get as it is, signed as always. */
    private UUID post(Bundle bundle) throws Exception {
        UUID task = UUID.randomUUID();
        byte[] body = Fixtures.task("coverage-discovery/valid/01-success-chained-everything.json", task.toString());
        assertEquals(204, bundle.post(bundle.token("optum"), body).statusCode());
        UUID event = UUID.fromString(bundle.select("select event_id from event where subject = ?", task.toString()));
        payloads.put(event, body);
        await().atMost(Duration.ofSeconds(20)).until(() -> partner.received().stream()
                .anyMatch(request -> Arrays.equals(body, request.bytes())
                        && request.verified()
                        && request.headers().firstValue("x-api-key").orElse("").equals(HIDDEN)));
        bundle.awaitTables(Map.of("event_id", event));
        return event;
    }

    /** As it was before payloads were sealed. */
    private void storeInClear(Bundle bundle, UUID event) {
        bundle.execute(
                "update event set payload = ?, payload_key_id = 'plain' where event_id = ?",
                payloads.get(event),
                event);
    }

    private static void assertNothingIsInClear(Bundle bundle) {
        for (String table : List.of("event", "callback", "signing_key")) {
            for (Map<String, Object> row : bundle.rows("select * from " + table)) {
                row.values().forEach(value -> {
                    String text = value instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                            : String.valueOf(value);
                    assertFalse(text.contains("discoveryPaths") || text.contains(HIDDEN), table);
                });
            }
        }
    }

    /** Each value is sealed for its place: moved to another it does not open, and a rotation goes on without it. */
    private void assertNothingOpensElsewhere(Bundle bundle) throws Exception {
        List<UUID> events = List.copyOf(payloads.keySet());
        bundle.execute(
                "update event set payload_key_id = '1', payload = (select payload from event where event_id = ?)"
                        + " where event_id = ?",
                events.get(0),
                events.get(1));
        assertEquals(410, payload(bundle, events.get(1)).statusCode());
        SealedPayloads sealed = bundle.bean("sealed-payloads", SealedPayloads.class);
        assertEquals(1, sealed.reseal());
        assertEquals(Set.of("2", "broken"), sealed.keysInUse());
        bundle.execute("update callback set sealed_settings = sealed_secret");
        bundle.post(bundle.token("optum"), Fixtures.failedTask(UUID.randomUUID()));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !bundle.rows("select 1 from delivery_attempt where reason like 'CannotOpen%'")
                        .isEmpty());
        bundle.execute("update event set payload_key_id = '7' where event_id = ?", events.get(0));
        assertEquals(503, resealed(bundle).statusCode());
        assertEquals("7", bundle.select("select payload_key_id from event where event_id = ?", events.get(0)));
        bundle.execute("update event set payload_key_id = '2' where event_id = ?", events.get(0));
        // the callback that does not open holds up nothing
        bundle.execute("update callback set sealed_secret = ?", (Object) Arrays.copyOf(new byte[] {1, 0, 0, 0, 1}, 40));
        assertEquals(Bundle.JSON.readTree("{\"resealed\": 0, \"done\": true}"), Bundle.json(resealed(bundle)));
        assertTrue(sealing(bundle).get("brokenPayloads").asBoolean());
    }

    private HttpResponse<String> payload(Bundle bundle, UUID event) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + event + "/payload?reason=test"))
                .header("Authorization", "Bearer " + bundle.token("auditor")));
    }

    private void assertReadable(Bundle bundle) throws Exception {
        for (Map.Entry<UUID, byte[]> event : payloads.entrySet()) {
            HttpResponse<String> response = payload(bundle, event.getKey());
            assertArrayEquals(event.getValue(), response.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static JsonNode sealing(Bundle bundle) throws Exception {
        return bundle.get(bundle.token("administrator"), "/sealing");
    }

    private static JsonNode sealing(String keys) throws Exception {
        ObjectNode report = Bundle.JSON.createObjectNode();
        for (String key : keys.replace("; plain", "").split("; ")) {
            report.withArray("keys")
                    .addObject()
                    .put("id", key.substring(0, 1))
                    .put("seals", key.contains("seals"))
                    .put("inUse", key.contains("in use"));
        }
        return report.put("payloadsSealed", true)
                .put("plainPayloads", keys.endsWith("plain"))
                .put("brokenPayloads", false);
    }

    private static HttpResponse<String> resealed(Bundle bundle) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/sealing/reseal"))
                .header("Authorization", "Bearer " + bundle.token("administrator"))
                .POST(BodyPublishers.noBody()));
    }

    private static void reseal(Bundle bundle) throws Exception {
        JsonNode report = Bundle.json(resealed(bundle));
        // two events, the callback, the signing key
        assertEquals(Bundle.JSON.readTree("{\"resealed\": 4, \"done\": true}"), report);
        assertEquals("reseal", bundle.select("select action from audit order by audit_id desc limit 1"));
    }
}
