package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** Two instances on one PostgreSQL, and a partner that is down: both leave it alone, and one of them asks now and then. */
class CircuitIT {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final String DOWN = "down";
    private static final String WELL = "well";
    private static final String LANE = "callback/" + DOWN;

    private Bundle first;
    private Bundle second;
    private Registry registry;
    private Partner server;

    @BeforeEach
    void start() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(DOWN, WELL)));
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.timeout-seconds", "2");
        settings.put("callback.retry-schedule", "200 x 100ms");
        settings.put("callback.circuit-failures", "3");
        settings.put("callback.circuit-pauses", "500ms, 1s");
        first = Bundle.start(database, settings);
        second = Bundle.start(database, settings);
        registry = new Registry(first.uri("/"));
        server = new Partner();
        for (String partner : List.of(DOWN, WELL)) {
            registry.grant(partner, "*");
            registry.register(partner, 1, server.url("/" + partner));
        }
    }

    @AfterEach
    void stop() {
        server.close();
        second.close();
        first.close();
    }

    @Test
    void bothInstancesLeaveItAloneButForOneAttemptAfterEachPause() throws Exception {
        server.answers("/" + DOWN, Partner.status(500));
        post(20);
        // while the one is down, the other gets everything
        eventually().until(() -> server.received("/" + WELL).size() == 20);
        awaitOpen(2);
        awaitNothingClaimed();

        long[] before = openingsAndRequests();
        awaitOpen(before[0] + 4);
        long[] after = openingsAndRequests();
        assertEquals(after[0] - before[0], after[1] - before[1], "each pause ends with one request");

        server.answers("/" + DOWN, Partner.status(204));
        eventually().until(() -> "0".equals(undelivered()));
        assertEquals("0", first.select("select count(*) from circuit"));
        assertEquals("1", first.select("select max(generation) from delivery"));
    }

    @Test
    void anInstanceLeavesAloneWhomTheOtherFoundDown() throws Exception {
        second.context().getRouteController().stopRoute("deliver-callback");
        server.answers("/" + DOWN, Partner.status(503));
        post(10);
        awaitOpen(1);
        first.context().getRouteController().stopRoute("deliver-callback");
        first.execute("update circuit set state = 'open', open_until = current_timestamp + interval '1' hour");
        int requests = server.received("/" + DOWN).size();
        second.context().getRouteController().startRoute("deliver-callback");

        registry.register(WELL, 2, server.url("/" + WELL));
        post(5);
        eventually().until(() -> server.received("/" + WELL).size() == 15);
        assertEquals(requests, server.received("/" + DOWN).size());

        first.execute("update circuit set open_until = current_timestamp");
        eventually().until(() -> server.received("/" + DOWN).size() == requests + 1);
        assertEquals("open", eventuallyState());
    }

    @Test
    void aBacklogIsOutOfTheWayUntilThePartnerIsAskedAgain() throws Exception {
        server.answers("/" + DOWN, Partner.status(500));
        post(20);
        awaitOpen(1);
        first.execute("update circuit set state = 'open', open_until = current_timestamp + interval '1' hour");
        eventually().until(() -> "20".equals(held()));
        server.answers("/" + DOWN, Partner.status(204));
        registry.post(DOWN, 1, "resume");
        eventually().until(() -> "0".equals(undelivered()));
        assertEquals("0", held());
        assertEquals(
                "1",
                first.select("select count(distinct route) from delivery where lane like 'callback/%'"),
                "all are where they were");
    }

    @Test
    void whatIsPausedIsOutOfTheWayToo() throws Exception {
        server.answers("/" + DOWN, Partner.status(204));
        registry.post(DOWN, 1, "pause");
        post(10);
        eventually().until(() -> "10".equals(held()));
        assertEquals(List.of(), server.received("/" + DOWN));
        registry.post(DOWN, 1, "resume");
        eventually().until(() -> "0".equals(undelivered()));
    }

    @Test
    void whatWasPutAwayForARouteThatIsNotThereAnyMoreIsFound() throws Exception {
        server.answers("/" + DOWN, Partner.status(204));
        registry.post(DOWN, 1, "pause");
        post(5);
        eventually().until(() -> "5".equals(held()));
        first.execute("update delivery set route = 'held of-before' where route = 'held callback'");
        registry.post(DOWN, 1, "resume");
        DeliveryComponent delivery = first.context().getComponent("delivery", DeliveryComponent.class);
        delivery.held().adopt(route -> !route.equals("of-before"));
        delivery.store().adopt(destination -> destination.startsWith("callback/") ? "callback" : null);
        eventually().until(() -> "0".equals(undelivered()));
    }

    private String held() {
        return first.select("select count(*) from delivery where route = 'held callback' and due_at is null");
    }

    @Test
    void aProbeThatIsLostDoesNotLeaveThePartnerAloneForEver() throws Exception {
        server.answers("/" + DOWN, Partner.status(500));
        post(5);
        awaitOpen(1);
        awaitNothingClaimed();
        server.answers("/" + DOWN, Partner.status(204));
        // as an instance leaves it that is killed in the middle of its attempt
        first.execute(
                "insert into circuit (lane, state, failures, openings) values (?, 'closed', 0, 0) on conflict do nothing",
                LANE);
        first.execute("update circuit set state = 'half-open', open_until = current_timestamp + interval '1' second");
        eventually().until(() -> "0".equals(undelivered()));
    }

    @Test
    void aPartnerThatHangsTakesNoMoreThanTheFirstAttempts() throws Exception {
        server.answers("/" + DOWN, server.hang());
        post(30);
        awaitOpen(1);
        awaitNothingClaimed();
        assertTrue(server.received("/" + DOWN).size() <= 2 * 16, "what both had in memory");
        assertEquals("30", undelivered(), "nothing is given up");
        server.release();
        eventually().until(() -> "0".equals(undelivered()));
    }

    private void post(int count) throws Exception {
        String token = first.token("optum");
        for (int i = 0; i < count; i++) {
            byte[] task = Fixtures.task(TASK, UUID.randomUUID().toString());
            Bundle bundle = i % 2 == 0 ? first : second;
            assertEquals(204, bundle.post(token, task).statusCode());
        }
    }

    private void awaitOpen(long openings) {
        eventually().until(() -> "1"
                .equals(first.select(
                        "select count(*) from circuit where lane = ? and state = 'open' and openings >= ?",
                        LANE,
                        openings)));
    }

    private String eventuallyState() {
        eventually().until(() -> !"half-open".equals(first.select("select state from circuit where lane = ?", LANE)));
        return first.select("select state from circuit where lane = ?", LANE);
    }

    private void awaitNothingClaimed() {
        eventually().until(() -> "0".equals(first.select("select count(*) from delivery where owner is not null")));
    }

    /** Of one moment: between two probes. */
    private long[] openingsAndRequests() {
        while (true) {
            String before = first.select("select openings || state from circuit where lane = ?", LANE);
            int requests = server.received("/" + DOWN).size();
            String after = first.select("select openings || state from circuit where lane = ?", LANE);
            if (before.equals(after) && after.endsWith("open") && !after.endsWith("half-open")) {
                return new long[] {Long.parseLong(after.replace("open", "")), requests};
            }
        }
    }

    private String undelivered() {
        return first.select("select count(*) from delivery where lane = ? and state <> 'delivered'", LANE);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
