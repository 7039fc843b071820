package routes.delivery;

import static org.apache.camel.builder.Builder.constant;
import static org.apache.camel.builder.Builder.simple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.ObjectHelper;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.TestDatabase;
import routes.support.TestRoutes;
import routes.support.TestSender;

/** From the commit to the destination: retries, the ways to give up, bounded memory, and who delays whom. */
@ParameterizedClass
@EnumSource
class DeliveryIT {

    private static final String SECRET = "patient Robin Sample";
    private static final String[] DESTINATIONS = {
        "jdbc/flaky",
        "jdbc/failing",
        "jdbc/later",
        "jdbc/handled",
        "jdbc/handled-below",
        "jdbc/blocked",
        "jdbc/free",
        "jdbc/shared/blocked",
        "jdbc/shared/free",
        "jdbc/light"
    };

    /** What a destination does to a delivery; each test says so for its own. */
    private static final Map<String, Processor> BEHAVIOUR = new ConcurrentHashMap<>();

    private static Bundle bundle;
    private static TestSender sender;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(
                database.create(),
                Map.of("delivery.retry-schedule", "50ms, 50ms", "delivery.queue-size", "2"),
                TestSender.routes(DESTINATIONS),
                new TestRoutes(DeliveryIT::destinations),
                new TestRoutes(DeliveryIT::copies));
        sender = new TestSender(bundle);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    /** The destinations' routes. */
    // @formatter:off
    private static void destinations(RouteBuilder routes) {

        for (String uri : List.of("jdbc/flaky", "jdbc/failing", "jdbc/later", "jdbc/blocked?workers=1", "jdbc/free",
                "jdbc/shared?perLane=1&workers=2", "jdbc/light?payload=false")) {
            routes.from("delivery:" + uri)
                .errorHandler(routes.noErrorHandler())
                .process(DeliveryIT::behave);
        }

        routes.from("delivery:jdbc/handled")
            .onException(Exception.class).handled(true).end()
            .process(DeliveryIT::behave);

        routes.from("delivery:jdbc/handled-below")
            .errorHandler(routes.noErrorHandler())
            .to("direct:handling");

        routes.from("direct:handling")
            .onException(Exception.class).handled(true).end()
            .process(DeliveryIT::behave);
    }
    // @formatter:on

    private static void behave(Exchange exchange) throws Exception {
        BEHAVIOUR.get(exchange.getVariable("destination", String.class)).process(exchange);
    }

    /** A router that copies the exchange, and an ingress that may name a delivery after the commit. */
    // @formatter:off
    private static void copies(RouteBuilder routes) {

        routes.from("direct:copies-in")
            .errorHandler(routes.noErrorHandler())
            .setVariable("sender", constant("copies"))
            .setVariable("identity", constant("body"))
            .setVariable("subject", simple("${header.subject}"))
            .to("direct:read")
            .to("direct:accept")
            .filter(simple("${header.late}"))
                .to("delivery:jdbc/failing")
            .end();

        routes.from("direct:copies")
            .errorHandler(routes.noErrorHandler())
            .multicast().parallelProcessing().stopOnException()
                .to("direct:copy-one", "direct:copy-two")
            .end();

        routes.from("direct:copy-one")
            .errorHandler(routes.noErrorHandler())
            .to("delivery:jdbc/free");

        routes.from("direct:copy-two")
            .errorHandler(routes.noErrorHandler())
            .to("delivery:jdbc/flaky", "delivery:jdbc/free");
    }
    // @formatter:on

    // ------------------------------------------------------------------------------------------------------- retries

    @Test
    void aFailedAttemptIsRetriedOnTheScheduleUntilItSucceeds() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BEHAVIOUR.put("jdbc/flaky", exchange -> {
            assertEquals(attempts.get() + 1, exchange.getVariable("attempt"));
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException(SECRET);
            }
        });
        String subject = sender.post("jdbc/flaky");
        awaitState(subject, "delivered");

        Map<String, Object> delivery = TestSender.delivery(bundle, subject);
        assertEquals(3, delivery.get("attempts"));
        assertNull(delivery.get("reason"));
        assertNull(delivery.get("owner"));
        assertNull(delivery.get("due_at"));
        assertNotNull(delivery.get("finished_at"));
        List<Map<String, Object>> rows = TestSender.attempts(bundle, subject);
        assertEquals(List.of("failed", "failed", "delivered"), column(rows, "outcome"));
        assertTrue(rows.get(0).get("reason").toString().startsWith("IllegalStateException at DeliveryIT."));
        assertNull(rows.get(2).get("reason"));
        rows.forEach(row -> assertTrue((long) row.get("duration_ms") >= 0));
        assertFalse(everything().contains(SECRET));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new Dead("not wanted"), "dead", "not wanted", 1),
                arguments(new Dead("not\u0000 wanted\ud800"), "dead", "not wanted", 1),
                arguments(new RuntimeCamelException(new Dead("not wanted")), "dead", "not wanted", 1),
                arguments(new Suspend("on holiday"), "suspended", "on holiday", 1),
                arguments(new IOException(SECRET), "dead", "IOException at DeliveryIT.failures:", 3),
                arguments(new RuntimeException(SECRET, new IOException(SECRET)), "dead", "IOException at ", 3),
                arguments(new StackOverflowError(SECRET), "dead", "StackOverflowError at ", 3),
                arguments(new RetryLater(Duration.ofMillis(1)), "dead", "retry later", 3),
                arguments(new Failed("busy"), "dead", "busy", 3),
                arguments(new Cancelled("not wanted any more"), "cancelled", "not wanted any more", 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureEndsInItsStateWithItsReason(Throwable failure, String state, String reason, int attempts)
            throws Exception {
        BEHAVIOUR.put("jdbc/failing", exchange -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        });
        String subject = sender.post("jdbc/failing");
        awaitState(subject, state);

        Map<String, Object> delivery = TestSender.delivery(bundle, subject);
        assertEquals(attempts, delivery.get("attempts"));
        assertTrue(delivery.get("reason").toString().startsWith(reason), delivery.toString());
        assertNull(delivery.get("owner"));
        assertNull(delivery.get("due_at"));
        List<Object> outcomes = new ArrayList<>(Collections.nCopies(attempts - 1, "failed"));
        outcomes.add(state);
        assertEquals(outcomes, column(TestSender.attempts(bundle, subject), "outcome"));
        assertFalse(everything().contains(SECRET));
    }

    @Test
    void aDestinationThatSaysWhenIsTriedAgainThen() throws Exception {
        Duration pause = Duration.ofMillis(400);
        AtomicInteger attempts = new AtomicInteger();
        BEHAVIOUR.put("jdbc/later", exchange -> {
            if (attempts.incrementAndGet() == 1) {
                throw new RetryLater(pause);
            }
        });
        String subject = sender.post("jdbc/later");
        awaitState(subject, "delivered");
        List<Map<String, Object>> waited = bundle.rows(
                "select 1 as waited from delivery_attempt a join delivery_attempt b on a.delivery_id = b.delivery_id"
                        + " where a.delivery_id = ? and a.claim_number = 1 and b.claim_number = 2"
                        + " and b.started_at >= a.started_at + interval '0.4' second",
                TestSender.delivery(bundle, subject).get("delivery_id"));
        assertEquals(1, waited.size());
    }

    @Test
    void untilThenItWaitsInTheDatabase() throws Exception {
        BEHAVIOUR.put("jdbc/later", exchange -> {
            throw new RetryLater(Duration.ofHours(1));
        });
        String subject = sender.post("jdbc/later");
        eventually().until(() -> TestSender.attempts(bundle, subject).size() == 1);
        assertEquals(
                1,
                bundle.rows(
                                "select 1 as due from delivery where delivery_id = ? and state = 'pending' and owner is null"
                                        + " and due_at between current_timestamp + interval '59' minute"
                                        + " and current_timestamp + interval '61' minute",
                                TestSender.delivery(bundle, subject).get("delivery_id"))
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc/handled", "jdbc/handled-below"})
    void whatAnErrorHandlerDeclaredHandledIsNotDelivered(String destination) throws Exception {
        BEHAVIOUR.put(destination, exchange -> {
            throw new IOException(SECRET);
        });
        String subject = sender.post(destination);
        awaitState(subject, "dead");
        assertEquals(List.of("failed", "failed", "dead"), column(TestSender.attempts(bundle, subject), "outcome"));
    }

    // --------------------------------------------------------------------------------------------- memory and delays

    @Test
    void aBlockedDestinationDelaysNoAcknowledgementAndNoOtherAndItsBacklogWaitsInTheDatabase() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Map<String, Integer> performed = new ConcurrentHashMap<>();
        BEHAVIOUR.put("jdbc/blocked", exchange -> {
            performed.merge(exchange.getVariable("deliveryId").toString(), 1, Integer::sum);
            gate.await();
        });
        BEHAVIOUR.put("jdbc/free", exchange -> {});
        try {
            for (int i = 0; i < 20; i++) {
                sender.post("jdbc/blocked");
            }
            for (int i = 0; i < 5; i++) {
                awaitState(sender.post("jdbc/free"), "delivered");
            }
            assertEquals(20, count("jdbc/blocked", "state = 'pending'"));
            eventually().until(() -> count("jdbc/blocked", "owner is not null and due_at > current_timestamp") == 2);
            assertEquals(18, count("jdbc/blocked", "owner is null and due_at <= current_timestamp"));
            assertEquals(1, performed.size());
        } finally {
            gate.countDown();
        }
        eventually().until(() -> count("jdbc/blocked", "state = 'delivered' and attempts = 1") == 20);
        assertEquals(20, performed.size());
        assertEquals(java.util.Set.of(1), java.util.Set.copyOf(performed.values()));
    }

    @Test
    void claimsWhoseEventsCannotBeReadKeepNoPlaces() throws Exception {
        BEHAVIOUR.put("jdbc/light", exchange -> {});
        awaitState(sender.post("jdbc/light"), "delivered");
        String reopen = "update delivery set state = 'pending', due_at = current_timestamp, owner = null"
                + " where destination = 'jdbc/light'";
        bundle.execute("alter table event rename column event_order to away");
        try {
            for (int i = 1; i <= 5; i++) { // more often than there are places
                int claims = i;
                bundle.execute(reopen);
                eventually().until(() -> count("jdbc/light", "claim_number > " + claims) == 1);
            }
        } finally {
            bundle.execute("alter table event rename column away to event_order");
        }
        bundle.execute(reopen);
        eventually().until(() -> count("jdbc/light", "state = 'delivered'") == 1);
    }

    @Test
    void aBlockedDestinationDelaysNoOtherOfItsRoute() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        BEHAVIOUR.put("jdbc/shared/blocked", exchange -> gate.await());
        BEHAVIOUR.put("jdbc/shared/free", exchange -> {});
        try {
            for (int i = 0; i < 5; i++) {
                sender.post("jdbc/shared/blocked");
            }
            for (int i = 0; i < 5; i++) {
                awaitState(sender.post("jdbc/shared/free"), "delivered");
            }
            assertEquals(5, count("jdbc/shared/blocked", "state = 'pending'"));
        } finally {
            gate.countDown();
        }
        eventually().until(() -> count("jdbc/shared/blocked", "state = 'delivered'") == 5);
    }

    @Test
    void stoppingFinishesWhatRunsAndGivesBackWhatWaits() throws Exception {
        Properties place = database.create();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Bundle stopping = Bundle.start(
                place,
                Map.of(),
                TestSender.routes("jdbc/slow"),
                TestSender.performing("jdbc/slow?workers=1", exchange -> {
                    running.countDown();
                    gate.await();
                }));
        ServiceSupport consumer = (ServiceSupport) stopping.context().getRoutes().stream()
                .map(route -> route.getConsumer())
                .filter(candidate -> candidate.getEndpoint().getEndpointUri().contains("jdbc/slow"))
                .findFirst()
                .orElseThrow();
        Thread stop = new Thread(stopping::close);
        try {
            TestSender own = new TestSender(stopping);
            for (int i = 0; i < 5; i++) {
                own.post("jdbc/slow");
            }
            running.await();
            assertEquals(
                    5,
                    stopping.rows("select delivery_id from delivery where owner is not null")
                            .size());
            stop.start();
            eventually().until(consumer::isStoppingOrStopped);
        } finally {
            gate.countDown();
            stopping.close();
        }
        stop.join();
        assertEquals(1, count(place, "state = 'delivered' and attempts = 1"));
        assertEquals(4, count(place, "state = 'pending' and owner is null and due_at <= current_timestamp"));
        assertEquals(0, count(place, "state = 'pending' and attempts <> 0"));
    }

    // ---------------------------------------------------------------------------------------------------------- plan

    @Test
    void namingADeliveryWithoutAPlanThrows() {
        Exchange exchange = bundle.context().createProducerTemplate().send("delivery:jdbc/free", e -> {});
        assertInstanceOf(IllegalStateException.class, exchange.getException());
        assertTrue(exchange.getException().getMessage().contains("needs an open plan"));
    }

    @Test
    void namingADeliveryAfterTheCommitThrows() {
        BEHAVIOUR.put("jdbc/free", exchange -> {});
        BEHAVIOUR.put("jdbc/flaky", exchange -> {});
        String subject = UUID.randomUUID().toString();
        Exchange exchange = copied(subject, true);
        assertInstanceOf(IllegalStateException.class, exchange.getException());
        assertTrue(exchange.getException().getMessage().contains("after the commit"));
        assertEquals(List.of("jdbc/flaky", "jdbc/free"), column(TestSender.deliveries(bundle, subject), "destination"));
    }

    @Test
    void copiesOfANotificationShareItsPlan() {
        BEHAVIOUR.put("jdbc/free", exchange -> {});
        BEHAVIOUR.put("jdbc/flaky", exchange -> {});
        String subject = UUID.randomUUID().toString();
        assertNull(copied(subject, false).getException());
        assertEquals(List.of("jdbc/flaky", "jdbc/free"), column(TestSender.deliveries(bundle, subject), "destination"));
    }

    private static Exchange copied(String subject, boolean late) {
        return bundle.context().createProducerTemplate().send("direct:copies-in", exchange -> {
            exchange.getMessage().setBody("{\"id\":\"" + subject + "\"}");
            exchange.getMessage().setHeader("subject", subject);
            exchange.getMessage().setHeader("late", late);
        });
    }

    @Test
    void aDestinationThatNoRoutePerformsStopsTheStart() {
        Exception refused =
                assertThrows(Exception.class, () -> Bundle.start(database, TestSender.routes("jdbc/nowhere")));
        IllegalStateException cause = ObjectHelper.getException(IllegalStateException.class, refused);
        assertTrue(cause.getMessage().contains("[jdbc/nowhere]"), cause.getMessage());
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private static void awaitState(String subject, String state) {
        eventually().until(() -> TestSender.delivery(bundle, subject).get("state"), state::equals);
    }

    private static List<Object> column(List<Map<String, Object>> rows, String column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    private static int count(String destination, String condition) {
        return bundle.rows("select delivery_id from delivery where destination = ? and " + condition, destination)
                .size();
    }

    /** Counts deliveries of a bundle that has stopped. */
    private static int count(Properties place, String condition) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        place.getProperty("database.url"),
                        place.getProperty("database.user"),
                        place.getProperty("database.password"));
                ResultSet count =
                        connection.createStatement().executeQuery("select count(*) from delivery where " + condition)) {
            count.next();
            return count.getInt(1);
        }
    }

    /** All that is said of deliveries. */
    private static String everything() {
        return bundle.rows("select * from delivery").toString()
                + bundle.rows("select * from delivery_attempt").toString();
    }
}
