package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/** What is erased is gone from every table and is not brought back by a retry; what is not asked for stays. */
@ParameterizedClass
@EnumSource
class ErasureIT {

    private static final String FAILED = "coverage-discovery/valid/02-failure-serial.json";

    @Parameter
    TestDatabase kind;

    private static Bundle bundle;
    private static Partner partner;
    private static String admin;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase kind) throws Exception {
        partner = new Partner();
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.putAll(SignedPost.settings());
        settings.putAll(
                Map.of("delivery.lease-seconds", "2", "delivery.attempt-seconds", "1", "erasure.sweep-seconds", "1"));
        bundle = Bundle.start(kind.create(), settings);
        admin = bundle.token("administrator");
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantAll("p1", List.of("coverage-discovery"));
        registry.register("p1", 1, partner.url("/p1"));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        bundle.close();
        partner.close();
    }

    private static HttpResponse<String> erase(String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/erasures"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Asks for each, and waits until all are done; answers how many events were erased. */
    private static List<Integer> erased(String... bodies) throws Exception {
        List<HttpResponse<String>> accepted = new ArrayList<>();
        for (String body : bodies) {
            accepted.add(erase(body));
        }
        List<Integer> events = new ArrayList<>();
        for (HttpResponse<String> answer : accepted) {
            events.add(end(answer).get("events").intValue());
        }
        return events;
    }

    /** Waits until it is done. */
    private static JsonNode end(HttpResponse<String> accepted) throws Exception {
        assertEquals(202, accepted.statusCode(), accepted.body());
        String path = "/erasures/" + Bundle.json(accepted).get("id").asText();
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> bundle.get(admin, path),
                        erasure -> erasure.get("state").asText().equals("done"));
    }

    private static String subject(Object sender, Object tenant, Object subject) {
        ObjectNode body = Bundle.JSON.createObjectNode();
        body.put("sender", sender.toString()).put("tenant", Objects.toString(tenant, ""));
        return body.put("subject", subject.toString()).put("reason", "ticket 7").toString();
    }

    private static String event(Object id) {
        return Bundle.JSON
                .createObjectNode()
                .put("event", id.toString())
                .put("reason", "ticket 7")
                .toString();
    }

    /** Of every fixture of every sender, whatever table it is written to: nothing is left. */
    @Test
    void everySubjectIsErasedFromEveryTableAndComesBackWithNoRetry() throws Exception {
        List<Path> fixtures = SignedPost.fixtures().stream()
                .filter(file -> file.toString().contains("/valid/"))
                .toList();
        post(fixtures);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bundle.select("select count(*) from delivery where state = 'pending'"), "0"::equals);
        for (String table : businessTables()) {
            assertNotEquals("0", rows(table), "nothing to erase in " + table);
        }
        Set<String> requests = new LinkedHashSet<>();
        for (Map<String, Object> event : bundle.rows("select * from event")) {
            requests.add(
                    event.get("subject") == null
                            ? event(event.get("event_id"))
                            : subject(event.get("sender"), event.get("tenant"), event.get("subject")));
        }
        for (String request : requests) {
            assertEquals(202, erase(request).statusCode(), request);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bundle.select("select count(*) from erasure where state <> 'done'"), "0"::equals);

        String events = bundle.select("select count(*) from event");
        assertGone(events);
        post(fixtures);
        assertGone(events);
        for (String table : businessTables()) {
            assertEquals("0", rows(table), table);
        }
        assertEquals(events, bundle.select("select count(*) from audit where action = 'erase'"));
        assertEquals(
                Integer.toString(requests.size()),
                bundle.select(
                        "select count(*) from audit where action = 'request erasure' and detail = 'reason: ticket 7'"));
        assertEquals(
                "0", bundle.select("select count(*) from erasure where subject is not null or tenant is not null"));
    }

    private static void post(List<Path> fixtures) throws Exception {
        for (Path file : fixtures) {
            HttpResponse<String> answer = SignedPost.send(bundle, file, Files.readAllBytes(file));
            assertEquals(2, answer.statusCode() / 100, () -> file + answer.body());
        }
    }

    private static void assertGone(String events) {
        assertEquals(events, bundle.select("select count(*) from event where state = 'erased'"));
        assertEquals(
                "0",
                bundle.select(
                        "select count(*) from event where payload is not null or payload_key_id is not null"
                                + " or subject is not null or correlation_id is not null or reason is not null or octet_length(body_hash) > 0"));
        assertEquals("0", bundle.select("select count(*) from delivery where state not in ('delivered', 'cancelled')"));
    }

    private static List<String> businessTables() {
        String ours =
                "'event', 'delivery', 'delivery_attempt', 'signing_key', 'audit', 'partner', 'partner_grant', 'callback', 'circuit',"
                        + " 'paused_destination', 'replay', 'replay_delivery', 'erasure', 'client', 'migration_inbox', 'migration_business'";
        return bundle
                .rows(
                        "select table_name from information_schema.tables where table_schema = 'public' and table_name not in ("
                                + ours + ")")
                .stream()
                .map(row -> row.get("table_name").toString())
                .toList();
    }

    private static String rows(String table) {
        return bundle.select("select count(*) from " + table);
    }

    @Test
    void ofOneEventOnlyTheRowsGoThatItHasWritten() throws Exception {
        String task = UUID.randomUUID().toString();
        String pending = posted("coverage-discovery/valid/03-pending.json", task);
        String failed = posted(FAILED, task);
        assertEquals(failed, row(task));
        assertEquals(List.of(1), erased(event(pending)));
        assertEquals(failed, row(task));
        assertEquals("accepted", state(failed));
        // asked for twice: the second time there is nothing more to do
        assertEquals(List.of(1, 0), erased(event(failed), event(failed)));
        assertNull(row(task));
        assertEquals("erased", state(failed));
        assertEquals(410, payload(failed));
    }

    /** Posts a task, waits for its row, and answers the id of the event. */
    private static String posted(String file, String task) throws Exception {
        assertEquals(
                204,
                bundle.post(bundle.token("optum"), Fixtures.task(file, task)).statusCode());
        String event = bundle.select(
                "select event_id from event where subject = ? order by commit_sequence desc limit 1", task);
        bundle.awaitTables(Map.of("event_id", UUID.fromString(event)));
        return event;
    }

    private static String row(String task) {
        return bundle.select("select event_id from coverage_discovery_task where task_id = ?", task);
    }

    private static String state(String event) {
        return bundle.select("select state from event where event_id = ?", UUID.fromString(event));
    }

    private static int payload(String event) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + event + "/payload?reason=test"))
                        .header("Authorization", "Bearer " + bundle.token("auditor")))
                .statusCode();
    }

    /** The attempt that is under way is over before rows are erased, and cannot write its result any more. */
    @Test
    void whatIsUnderWayEndsAsCancelled() throws Exception {
        partner.answers("/p1", partner.hang());
        String task = UUID.randomUUID().toString();
        String event = posted(FAILED, task);
        await().until(() -> partner.inProgress("/p1") > 0);
        assertEquals(List.of(1), erased(subject("coverage-discovery", Bundle.TENANT, task)));
        String deliveries = "select state from delivery where event_id = ? and destination = 'callback/p1/1'";
        assertEquals("cancelled", bundle.select(deliveries, UUID.fromString(event)));
        partner.answers("/p1", Partner.status(204));
        assertNull(row(task));
    }

    /** Between the request and the end of it: that event was not meant, and its row is there in the end. */
    @Test
    void whatComesWhileItIsErasedIsKept() throws Exception {
        String task = UUID.randomUUID().toString();
        String before = posted("coverage-discovery/valid/03-pending.json", task);
        HttpResponse<String> accepted = erase(subject("coverage-discovery", Bundle.TENANT, task));
        await().atMost(Duration.ofSeconds(20)).until(() -> state(before), "erased"::equals);
        String meanwhile = posted(FAILED, task);
        assertEquals(1, end(accepted).get("events").intValue());
        assertEquals("accepted", state(meanwhile));
        await().atMost(Duration.ofSeconds(20)).until(() -> row(task), meanwhile::equals);
    }

    /** What a replay has loaded before, it must not write back. */
    @Test
    void aReplayDoesNotBringItBack() throws Exception {
        String task = UUID.randomUUID().toString();
        String event = posted(FAILED, task);
        assertEquals(List.of(1), erased(event(event)));
        UUID id = UUID.fromString(event);
        bundle.execute(
                "update event set payload = ?, payload_key_id = 'plain' where event_id = ?",
                Fixtures.task(FAILED, task),
                id);
        assertEquals(
                410,
                bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + event + "/replay"))
                                .header("Authorization", "Bearer " + bundle.token("operator"))
                                .POST(BodyPublishers.noBody()))
                        .statusCode());
        assertEquals("erased", state(event));
        bundle.execute("update event set payload = null, payload_key_id = null where event_id = ?", id);
    }

    @Test
    void anotherTenantAndAnotherSubjectKeepWhatTheyHave() throws Exception {
        String task = UUID.randomUUID().toString();
        String event = posted(FAILED, task);
        assertEquals(
                List.of(0, 0, 0),
                erased(
                        subject("coverage-discovery", "another", task),
                        subject("develop-health", Bundle.TENANT, task),
                        subject("coverage-discovery", Bundle.TENANT, task + "x")));
        assertEquals(event, row(task));
        assertEquals("accepted", state(event));
    }

    @Test
    void aRequestThatSaysNotWhatOrWhyIsRefused() throws Exception {
        String id = UUID.randomUUID().toString();
        long asked = Long.parseLong(rows("erasure"));
        String whose = "{\"sender\": \"develop-health\", \"reason\": \"x\", ";
        Map<String, Integer> requests = new LinkedHashMap<>();
        for (String body : List.of(
                "{}",
                "{\"reason\": \"x\"}",
                "{\"event\": \"" + id + "\"}",
                "{\"event\": \"" + id + "\", \"reason\": \" \"}",
                "{\"event\": \"x\", \"reason\": \"x\"}",
                "{\"event\": \"" + id + "\", \"subject\": \"x\", \"reason\": \"x\"}",
                "{\"sender\": \"nobody\", \"tenant\": \"x\", \"subject\": \"x\", \"reason\": \"x\"}",
                whose + "\"subject\": \"x\"}",
                whose + "\"tenant\": \"x\", \"subject\": \"\"}",
                whose + "\"tenant\": \"x\", \"subject\": \" \"}",
                whose + "\"tenant\": \"x\", \"subject\": \",\"}",
                whose + "\"tenant\": \"" + "x".repeat(201) + "\", \"subject\": \"x\"}")) {
            requests.put(body, 400);
        }
        requests.put("{\"event\": \"" + id + "\", \"reason\": \"x\"}", 404);
        for (Map.Entry<String, Integer> request : requests.entrySet()) {
            assertEquals(request.getValue(), erase(request.getKey()).statusCode(), request.getKey());
        }
        assertEquals(asked, Long.parseLong(rows("erasure")));
    }
}
