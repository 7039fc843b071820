package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
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
import routes.support.Partner;
import routes.support.Partner.Received;
import routes.support.Registry;
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/** Dead letters: found, counted, made once more at a rate, taken back; and destinations that wait. */
@ParameterizedClass
@EnumSource
class RecoveryIT {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final String ONE = "partner-1";
    private static final String TWO = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c12";
    private static final String TABLE = "jdbc/coverage_discovery_task";
    private static final UUID NOWHERE = UUID.fromString("00000000-0000-4000-8000-00000000dead");

    private static Bundle bundle;
    private static Registry registry;
    private static Partner server;
    private static String operator;
    private static String admin;
    private static String optum;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(ONE, TWO)));
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.retry-schedule", "");
        settings.put("callback.circuit-failures", "1000");
        bundle = Bundle.start(database.create(), settings);
        registry = new Registry(bundle.uri("/"));
        server = new Partner();
        operator = bundle.token("operator");
        admin = bundle.token("administrator");
        optum = bundle.token("optum");
        for (String partner : List.of(ONE, TWO)) {
            registry.grant(partner, "*");
            server.secret("/" + partner, registry.register(partner, 1, server.url("/" + partner)));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
        server.close();
    }

    @BeforeEach
    void nothingIsDead() {
        bundle.execute("delete from replay_delivery");
        bundle.execute("delete from replay");
        bundle.execute("delete from delivery_attempt");
        bundle.execute("delete from delivery");
        bundle.execute("delete from audit");
        bundle.execute("delete from circuit");
    }

    // ------------------------------------------------------------------------------------------------- what is dead

    @Test
    void deadLettersAreListedByPartnerDestinationAndReason() throws Exception {
        server.answers("/" + ONE, Partner.status(500));
        server.answers("/" + TWO, Partner.status(404), Partner.status(400));
        String task = post();
        post();
        awaitDead(4);

        JsonNode all = get("/deliveries").get("deliveries");
        assertEquals(4, all.size());
        JsonNode newest = all.get(0);
        assertEquals("dead", newest.get("state").asText());
        assertEquals("coverage-discovery", newest.get("sender").asText());
        assertEquals(1, newest.get("generation").asInt());
        assertEquals(Set.of("callback/partner-1/1"), column("/deliveries?partner=partner-1", "destination"));
        assertEquals(Set.of(TWO), column("/deliveries?partner=" + TWO.toUpperCase(Locale.ROOT), "partner"));
        assertEquals(Set.of(ONE), column("/deliveries?destination=callback/partner-1/1", "partner"));
        assertEquals(
                Set.of("the partner answered 404"),
                column("/deliveries?reason=the%20partner%20answered%20404", "reason"));
        assertEquals(Set.of(task), column("/deliveries?subject=" + task, "subject"));
        assertEquals(Set.of(), column("/deliveries?sender=accessrc", "id"));
        assertEquals(Set.of(), column("/deliveries?to=2020-01-01T00:00:00Z", "id"));
        assertEquals(Set.of(TABLE), column("/deliveries?state=delivered", "destination"));

        JsonNode groups = get("/deliveries/summary").get("groups");
        assertEquals(3, groups.size());
        assertEquals(
                "callback/partner-1/1 the partner answered 500 2",
                groups.at("/0/destination").asText() + " "
                        + groups.at("/0/reason").asText() + " "
                        + groups.at("/0/deliveries").asText());
        assertEquals(
                1,
                get("/deliveries/summary?reason=the%20partner%20answered%20400")
                        .get("groups")
                        .size());
    }

    @Test
    void aListIsReadPageByPage() throws Exception {
        server.answers("/" + ONE, Partner.status(500));
        server.answers("/" + TWO, Partner.status(500));
        for (int i = 0; i < 5; i++) {
            post();
        }
        awaitDead(10);
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("/deliveries?limit=3" + next);
            page.get("deliveries")
                    .forEach(delivery -> ids.add(delivery.get("id").asText()));
            next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        assertEquals(10, ids.size());
        assertEquals(10, Set.copyOf(ids).size());
    }

    @ParameterizedTest
    @CsvSource({
        "/deliveries?state=pending,400",
        "/deliveries?state=x,400",
        "/deliveries?cursor=x,400",
        "/deliveries?cursor=2026-01-01T00:00:00Z/x,400",
        "/deliveries?cursor=-999999999-01-01T00:00:00Z/00000000-0000-4000-8000-00000000dead,400",
        "/deliveries?limit=0,400",
        "/deliveries?limit=101,400",
        "/deliveries?owner=x,400",
        "/deliveries?from=yesterday,400",
        "/deliveries/summary?limit=1,400",
        "/replays/x,400",
        "/replays/00000000-0000-4000-8000-00000000dead,404"
    })
    void questionsThatCannotBeAreRefused(String path, int status) throws Exception {
        assertEquals(status, call(operator, "GET", path, null).statusCode());
    }

    // --------------------------------------------------------------------------------------------------- once more

    @Test
    void oneIsMadeOnceMoreUnderTheSameId() throws Exception {
        server.answers("/" + ONE, Partner.status(500));
        server.answers("/" + TWO, Partner.status(204));
        post();
        awaitDead(1);
        JsonNode dead = get("/deliveries").get("deliveries").get(0);
        String id = dead.get("id").asText();
        server.answers("/" + ONE, Partner.status(204));
        int before = server.received("/" + ONE).size();

        JsonNode reopened = json(200, call(operator, "POST", "/deliveries/" + id + "/replay", null));
        assertEquals(2, reopened.get("generation").asInt());
        eventually().until(() -> "delivered".equals(state(id)));
        List<Received> received = server.received("/" + ONE).subList(before - 1, before + 1);
        assertEquals(id, received.get(0).id());
        assertEquals(id, received.get(1).id());
        assertTrue(received.get(0).headers().firstValue("webhook-replay").isEmpty());
        assertEquals(
                "true", received.get(1).headers().firstValue("webhook-replay").orElse(null));
        assertEquals(
                List.of("1 dead", "2 delivered"),
                bundle
                        .rows(
                                "select generation, outcome from delivery_attempt where delivery_id = ? order by claim_number",
                                UUID.fromString(id))
                        .stream()
                        .map(row -> row.get("generation") + " " + row.get("outcome"))
                        .toList());
        assertEquals(
                "operator replay: was dead",
                bundle.select(
                        "select actor || ' ' || action || ': ' || detail from audit where target = ?",
                        "delivery " + id));
    }

    @Test
    void whatHasNotEndedOrIsNotThereCannotBeMadeOnceMore() throws Exception {
        json(200, call(admin, "POST", "/destinations/pause", "{\"destination\":\"" + TABLE + "\"}"));
        post();
        String waiting = bundle.select("select delivery_id from delivery where destination = ?", TABLE);
        assertEquals(
                409,
                call(operator, "POST", "/deliveries/" + waiting + "/replay", null)
                        .statusCode());
        json(200, call(admin, "POST", "/destinations/resume", "{\"destination\":\"" + TABLE + "\"}"));
        assertEquals(
                404,
                call(operator, "POST", "/deliveries/" + NOWHERE + "/replay", null)
                        .statusCode());
        assertEquals(400, call(operator, "POST", "/deliveries/x/replay", null).statusCode());
        eventually().until(() -> "delivered".equals(state(waiting)));
    }

    @Test
    void aReplayByFilterIsCountedFirstAndComesAtItsRate() throws Exception {
        die(6);
        server.answers("/" + ONE, Partner.status(204));
        String filter = "{\"filter\":{\"partner\":\"partner-1\",\"reason\":\"the partner answered 500\"}";
        assertEquals(
                6,
                json(200, call(operator, "POST", "/deliveries/replay", filter + "}"))
                        .get("matching")
                        .asInt());
        assertEquals(6, get("/deliveries?partner=partner-1").get("deliveries").size(), "a preview changes nothing");

        JsonNode begun =
                json(202, call(operator, "POST", "/deliveries/replay", filter + ",\"preview\":false,\"rate\":2}"));
        assertEquals(0, begun.get("left").asInt());
        List<Object> pauses = bundle
                .rows(
                        "select cast(extract(epoch from due_at) * 1000 - lag(extract(epoch from due_at) * 1000) over (order by due_at)"
                                + " as integer) as pause from delivery where owner is null and state = 'pending'")
                .stream()
                .map(row -> row.get("pause"))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        assertEquals(List.of(500), pauses, "two a second");
        eventually()
                .until(() -> get("/replays/" + begun.get("id").asText())
                                .at("/deliveries/delivered")
                                .asInt()
                        == 6);
        JsonNode replay = get("/replays").get("replays").get(0);
        assertEquals(begun.get("id"), replay.get("id"));
        assertEquals(ONE, replay.at("/filter/partner").asText());
        assertEquals("operator", replay.get("startedBy").asText());
    }

    @Test
    void aReplayThatIsCancelledLeavesTheRestAsItWas() throws Exception {
        die(8);
        Set<Object> before = dead();
        server.answers("/" + ONE, Partner.status(204));
        JsonNode begun = json(
                202,
                call(
                        operator,
                        "POST",
                        "/deliveries/replay",
                        "{\"filter\":{\"state\":\"dead\"},\"preview\":false,\"rate\":1,\"limit\":7}"));
        assertEquals(1, begun.get("left").asInt());
        String replay = "/replays/" + begun.get("id").asText();
        eventually().until(() -> get(replay).at("/deliveries/delivered").asInt() >= 1);

        JsonNode cancelled = json(200, call(operator, "POST", replay + "/cancel", null));
        assertTrue(cancelled.get("cancelled").asBoolean());
        eventually()
                .until(() -> get(replay).at("/deliveries/waiting").asInt() == 0
                        && get(replay).at("/deliveries/failing").asInt() == 0);
        int delivered = get(replay).at("/deliveries/delivered").asInt();
        assertTrue(delivered < 7);
        assertEquals(7 - delivered, get(replay).at("/deliveries/takenBack").asInt());
        Set<Object> after = dead();
        assertEquals(8 - delivered, after.size());
        assertTrue(before.containsAll(after), "reason, attempts and time are what they were");
        json(200, call(operator, "POST", replay + "/cancel", null));
        assertEquals(after, dead());
    }

    @Test
    void twoReplaysOfTheSameDoNotMix() throws Exception {
        die(3);
        String all = "{\"filter\":{\"partner\":\"partner-1\"},\"preview\":false,\"rate\":1}";
        json(200, call(admin, "POST", "/destinations/pause", "{\"destination\":\"callback/partner-1/1\"}"));
        JsonNode first = json(202, call(operator, "POST", "/deliveries/replay", all));
        assertEquals(3, first.at("/deliveries/waiting").asInt());
        JsonNode second = json(202, call(operator, "POST", "/deliveries/replay", all));
        assertEquals(0, second.at("/deliveries/waiting").asInt());
        json(200, call(operator, "POST", "/replays/" + second.get("id").asText() + "/cancel", null));
        assertEquals(
                3,
                get("/replays/" + first.get("id").asText())
                        .at("/deliveries/waiting")
                        .asInt());

        String cancel = "/replays/" + first.get("id").asText() + "/cancel";
        assertEquals(
                3,
                json(200, call(operator, "POST", cancel, null))
                        .at("/deliveries/takenBack")
                        .asInt());
        JsonNode third = json(202, call(operator, "POST", "/deliveries/replay", all));
        json(200, call(operator, "POST", cancel, null));
        assertEquals(
                3,
                get("/replays/" + third.get("id").asText())
                        .at("/deliveries/waiting")
                        .asInt());
        server.answers("/" + ONE, Partner.status(204));
        json(200, call(admin, "POST", "/destinations/resume", "{\"destination\":\"callback/partner-1/1\"}"));
        eventually()
                .until(() -> get("/replays/" + third.get("id").asText())
                                .at("/deliveries/delivered")
                                .asInt()
                        == 3);
    }

    private static Set<Object> dead() {
        return Set.copyOf(
                bundle
                        .rows("select delivery_id, reason, attempts, finished_at from delivery where state = 'dead'")
                        .stream()
                        .map(Map::toString)
                        .toList());
    }

    @Test
    void aWindowOfWhatWasDeliveredIsSentAgain() throws Exception {
        server.answers("/" + ONE, Partner.status(204));
        server.answers("/" + TWO, Partner.status(204));
        post();
        eventually().until(() -> "3".equals(bundle.select("select count(*) from delivery where state = 'delivered'")));
        int before = server.received("/" + ONE).size();
        String filter =
                "{\"filter\":{\"state\":\"delivered\",\"partner\":\"partner-1\",\"from\":\"%s\"},\"preview\":false}";
        json(202, call(operator, "POST", "/deliveries/replay", filter.formatted("2026-01-01T00:00:00Z")));
        eventually().until(() -> server.received("/" + ONE).size() == before + 1);
        assertEquals(
                0,
                json(202, call(operator, "POST", "/deliveries/replay", filter.formatted("2099-01-01T00:00:00Z")))
                        .at("/deliveries/waiting")
                        .asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{'filter':{}}",
                "{'filter':{'state':'pending'}}",
                "{'filter':{'owner':'x'}}",
                "{'filter':{'partner':1}}",
                "{'filter':{'partner':'x'},'rate':0}",
                "{'filter':{'partner':'x'},'rate':1001}",
                "{'filter':{'partner':'x'},'limit':10001}",
                "{'filter':{'partner':'x'},'preview':'no'}",
                "{'filter':{'partner':'x'},'speed':1}",
                "["
            })
    void aReplayThatCannotBeIsRefused(String body) throws Exception {
        assertEquals(
                400,
                call(operator, "POST", "/deliveries/replay", TestRegistry.json(body))
                        .statusCode());
        assertEquals("0", bundle.select("select count(*) from replay"));
    }

    // ------------------------------------------------------------------------------------------------- destinations

    @Test
    void whatGoesToAPausedDestinationWaitsAndNothingElse() throws Exception {
        server.answers("/" + ONE, Partner.status(204));
        server.answers("/" + TWO, Partner.status(204));
        assertTrue(json(200, call(admin, "POST", "/destinations/pause", "{\"destination\":\"" + TABLE + "\"}"))
                .get("paused")
                .asBoolean());
        assertTrue(json(200, call(admin, "POST", "/destinations/pause", "{\"destination\":\"" + TABLE + "\"}"))
                .get("paused")
                .asBoolean());
        // whatever was on its way when the pause began has found out by now
        eventually().until(() -> bundle.select("select count(*) from delivery where owner is not null")
                .equals("0"));
        int first = server.received("/" + ONE).size();
        post();
        post();
        eventually().until(() -> server.received("/" + ONE).size() == first + 2);
        JsonNode waiting = get("/destinations").get("destinations");
        assertEquals(1, waiting.size());
        assertEquals(TABLE, waiting.at("/0/destination").asText());
        assertTrue(waiting.at("/0/paused").asBoolean());
        assertEquals("administrator", waiting.at("/0/pausedBy").asText());
        assertEquals(2, waiting.at("/0/waiting").asInt());

        json(200, call(admin, "POST", "/destinations/resume", "{\"destination\":\"" + TABLE + "\"}"));
        eventually().until(() -> get("/destinations").get("destinations").isEmpty());
        assertEquals(
                List.of("pause destination: done", "pause destination: nothing changed", "resume destination: done"),
                bundle
                        .rows(
                                "select action, detail from audit where target = ? order by audit_id",
                                "destination " + TABLE)
                        .stream()
                        .map(row -> row.get("action") + ": " + row.get("detail"))
                        .toList());
    }

    @Test
    void aCallbackIsADestinationHoweverItsPartnerIsSpelt() throws Exception {
        String spelt = "{\"destination\":\"callback/" + TWO.toUpperCase(Locale.ROOT) + "/1\"}";
        JsonNode paused = json(200, call(admin, "POST", "/destinations/pause", spelt));
        assertEquals("callback/" + TWO + "/1", paused.get("destination").asText());
        assertTrue(registry.callback(TWO, 1).get("paused").asBoolean());
        json(200, call(admin, "POST", "/destinations/resume", spelt));
        assertFalse(registry.callback(TWO, 1).get("paused").asBoolean());
    }

    @Test
    void anOperatorsPauseOutlivesTheCallbackAndCanBeEnded() throws Exception {
        String callback = "{\"destination\":\"callback/partner-1/1\"}";
        json(200, call(admin, "POST", "/destinations/pause", callback));
        registry.delete(ONE, 1);
        assertTrue(get("/destinations").at("/destinations/0/paused").asBoolean());
        assertFalse(json(200, call(admin, "POST", "/destinations/resume", callback))
                .get("paused")
                .asBoolean());
        assertEquals(404, call(admin, "POST", "/destinations/resume", callback).statusCode());
        server.secret("/" + ONE, registry.register(ONE, 1, server.url("/" + ONE)));
    }

    @Test
    void aCallbackWhosePartnerWantsNoMoreIsSeen() throws Exception {
        server.answers("/" + ONE, Partner.status(410));
        server.answers("/" + TWO, Partner.status(204));
        post();
        eventually().until(() -> get("/destinations").get("suspended").size() == 1);
        assertEquals(ONE, get("/destinations").at("/suspended/0/partner").asText());
        server.answers("/" + ONE, Partner.status(204));
        json(200, call(admin, "POST", "/destinations/resume", "{\"destination\":\"callback/partner-1/1\"}"));
        eventually().until(() -> "0".equals(bundle.select("select count(*) from delivery where state <> 'delivered'")));
        assertEquals(0, get("/destinations").get("suspended").size());
    }

    @Test
    void whoIsLeftAloneIsSeen() throws Exception {
        bundle.execute("insert into circuit (lane, state, failures, openings, open_until)"
                + " values ('callback/partner-9', 'open', 7, 2, current_timestamp + interval '1' hour)");
        JsonNode circuit = get("/destinations").at("/circuits/0");
        assertEquals("partner-9", circuit.get("partner").asText());
        assertEquals("open", circuit.get("state").asText());
        assertEquals(7, circuit.get("failures").asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'destination':'jdbc/nothing'}  | 404",
                "{'destination':'parked'}        | 404",
                "{'destination':'callback/1'}    | 404",
                "{'destination':'callback'}      | 404",
                "{'destination':'jdbc'}          | 404",
                "{'destination':'callback/partner-1'} | 404",
                "{'destination':'callback/x/y'}  | 404",
                "{'destination':'callback/nobody/1'} | 404",
                "{'destination':'callback/partner-1/3'} | 404",
                "{'destination':'kafka/x y'}     | 404",
                "{}                              | 400",
                "{'destination':1}               | 400",
                "{'name':'jdbc/notification'}    | 400"
            })
    void onlyWhatIsDeliveredToCanBePaused(String body, int status) throws Exception {
        for (String action : List.of("pause", "resume")) {
            assertEquals(
                    status,
                    call(admin, "POST", "/destinations/" + action, TestRegistry.json(body))
                            .statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /deliveries, operations",
        "GET, /deliveries/summary, operations",
        "POST, /deliveries/00000000-0000-4000-8000-00000000dead/replay, operations",
        "POST, /deliveries/replay, operations",
        "GET, /replays, operations",
        "GET, /replays/00000000-0000-4000-8000-00000000dead, operations",
        "POST, /replays/00000000-0000-4000-8000-00000000dead/cancel, operations",
        "GET, /destinations, operations",
        "POST, /destinations/pause, admin",
        "POST, /destinations/resume, admin"
    })
    void eachNeedsItsScope(String method, String path, String scope) throws Exception {
        String body = method.equals("POST") ? "{}" : null;
        assertEquals(401, call(null, method, path, body).statusCode());
        String other = scope.equals("admin") ? operator : admin;
        assertEquals(403, call(other, method, path, body).statusCode());
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    /** So many deliveries to the first partner die. */
    private static void die(int count) throws Exception {
        server.answers("/" + ONE, Partner.status(500));
        server.answers("/" + TWO, Partner.status(204));
        for (int i = 0; i < count; i++) {
            post();
        }
        awaitDead(count);
    }

    private static String post() throws Exception {
        String task = UUID.randomUUID().toString();
        assertEquals(204, bundle.post(optum, Fixtures.task(TASK, task)).statusCode());
        return task;
    }

    private static void awaitDead(int count) {
        eventually().until(() -> Integer.toString(count)
                .equals(bundle.select("select count(*) from delivery where state = 'dead'")));
        eventually().until(() -> "0".equals(bundle.select("select count(*) from delivery where state = 'pending'")));
    }

    private static String state(String id) {
        return bundle.select("select state from delivery where delivery_id = ?", UUID.fromString(id));
    }

    private static JsonNode get(String path) throws Exception {
        return bundle.get(operator, path);
    }

    private static Set<String> column(String path, String name) throws Exception {
        return StreamSupport.stream(get(path).get("deliveries").spliterator(), false)
                .map(delivery -> delivery.get(name).asText())
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static JsonNode json(int status, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        return Bundle.json(response);
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return bundle.send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
