package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Partner.Answer;
import routes.support.Registry;
import routes.support.TestDatabase;

/** What partners may answer, or not answer, on real sockets; and when each is tried again. */
class CallbackFaultsIT {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final String ONE = "partner-1";
    private static final String CONSTRAINT = "MessageConstraintException.*";
    private static final String PATH = "/hook";
    private static final Duration SCHEDULED = Duration.ofMinutes(1);
    private static final Duration SLOW = Duration.ofMinutes(30);
    private static final Duration MOST = Duration.ofHours(2);
    private static final String METADATA = "http://169.254.169.254/latest/meta-data/";

    private static Bundle bundle;
    private static Registry registry;
    private static Partner server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(ONE)));
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.timeout-seconds", "2");
        settings.put("callback.retry-schedule", "1m, 4h");
        settings.put("delivery.retry-jitter-percent", "10");
        settings.put("callback.slow-retry", "30m");
        settings.put("callback.retry-after-min", "2s");
        settings.put("callback.retry-after-max", "2h");
        settings.put("callback.circuit-failures", "1000");
        bundle = Bundle.start(TestDatabase.H2.create(), settings);
        registry = new Registry(bundle.uri("/"));
        token = bundle.token("optum");
        registry.grant(ONE, "*");
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    @BeforeEach
    void aServerOfItsOwn() throws Exception {
        server = new Partner();
        registry.register(ONE, 1, server.url(PATH));
    }

    /** Nothing of this test is tried again in the next. */
    @AfterEach
    void away() throws Exception {
        registry.delete(ONE, 1);
        server.close();
    }

    private static Arguments fault(
            String name, Supplier<Answer> answer, Integer status, String reason, Duration pause) {
        return arguments(name, answer, status, reason, pause);
    }

    static Stream<Arguments> faults() {
        Supplier<String> inAnHour = () -> DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC));
        return Stream.of(
                fault("breaks off", Partner::nothing, null, "NoHttpResponseException.*", SCHEDULED),
                fault("hangs before the headers", () -> server.hang(), null, "InterruptedIOException.*", SCHEDULED),
                fault("hangs after them", () -> server.hangAfterHeaders(), null, "InterruptedIOException.*", SCHEDULED),
                fault("drips", () -> server.dripping(), null, "InterruptedIOException.*", SCHEDULED),
                fault("a long header", () -> Partner.status(204, "x", "y".repeat(9_000)), null, CONSTRAINT, SCHEDULED),
                fault("many headers", () -> Partner.headers(200), null, CONSTRAINT, SCHEDULED),
                fault("500", () -> Partner.status(500), 500, "the partner answered 500", SCHEDULED),
                fault("408", () -> Partner.status(408), 408, "the partner answered 408", SCHEDULED),
                fault("425", () -> Partner.status(425), 425, "the partner answered 425", SCHEDULED),
                fault("429", () -> Partner.status(429), 429, "the partner answered 429", SCHEDULED),
                fault("503", () -> Partner.status(503), 503, "the partner answered 503", SCHEDULED),
                fault("400", () -> Partner.status(400), 400, "the partner answered 400", SLOW),
                fault("404", () -> Partner.status(404), 404, "the partner answered 404", SLOW),
                fault("a redirect", () -> Partner.redirect(server.url("/else")), 307, "the partner answered 307", SLOW),
                fault("one to metadata", () -> Partner.redirect(METADATA), 307, "the partner answered 307", SLOW),
                fault("429 in 10 m", () -> again(429, "600"), 429, "the partner answered 429", Duration.ofMinutes(10)),
                fault("429 before its turn", () -> again(429, "10"), 429, ".*429", SCHEDULED),
                fault("503 in an hour", () -> again(503, "3600"), 503, ".*503", Duration.ofHours(1)),
                fault("503 at a time", () -> again(503, inAnHour.get()), 503, ".*503", Duration.ofHours(1)),
                fault("429 at once", () -> again(429, "0"), 429, ".*429", SCHEDULED),
                fault("429 long ago", () -> again(429, "Wed, 21 Oct 2015 07:28:00 GMT"), 429, ".*429", SCHEDULED),
                fault("503 in a year", () -> again(503, "31536000"), 503, ".*503", MOST),
                fault("503 for ever", () -> again(503, "999999999999999999"), 503, ".*503", MOST),
                fault("503 some day", () -> again(503, "some day"), 503, ".*503", SCHEDULED),
                fault("503 yesterday", () -> again(503, "-5"), 503, ".*503", SCHEDULED),
                fault("500 in 10 s", () -> again(500, "10"), 500, ".*500", SCHEDULED),
                fault("404 in 10 s", () -> again(404, "10"), 404, ".*404", SLOW));
    }

    private static Answer again(int status, String after) {
        return Partner.status(status, "Retry-After", after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsTriedAgainWhenItMakesSense(
            String name, Supplier<Answer> answer, Integer status, String reason, Duration pause) throws Exception {
        server.answers(PATH, answer.get());
        String task = post();
        Map<String, Object> delivery = awaitAttempt(task, "failed");
        assertAttempt(delivery, status, reason, pause);
        assertEquals(1, server.received(PATH).size());
        assertEquals(List.of(), server.received("/else"));
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        server.away();
        assertAttempt(awaitAttempt(post(), "failed"), null, "HttpHostConnectException.*", SCHEDULED);
        server.back();
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        try (ServerSocket socket = new ServerSocket(Bundle.freePort(), 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> reset(socket));
            registry.register(ONE, 1, "http://127.0.0.1:" + socket.getLocalPort() + PATH);
            assertAttempt(awaitAttempt(post(), "failed"), null, "SocketException.*", SCHEDULED);
            reset.join();
        }
    }

    private static void reset(ServerSocket socket) {
        try (Socket connection = socket.accept();
                InputStream in = connection.getInputStream()) {
            in.read();
            connection.setSoLinger(true, 0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEndlessAnswerIsAnAnswer() throws Exception {
        server.answers(PATH, server.endless());
        awaitAttempt(post(), "delivered");
    }

    @Test
    void goneSuspendsTheCallbackVisiblyAndResumeSendsWhatWasSetAside() throws Exception {
        server.answers(PATH, Partner.status(410), Partner.status(204));
        String task = post();
        Map<String, Object> delivery = awaitAttempt(task, "suspended");
        assertEquals("the partner answered 410", delivery.get("reason"));
        assertEquals("suspended", registry.callback(ONE, 1).get("state").asText());
        assertEquals(
                "webhook-routes suspend callback: suspended, the partner answered 410",
                bundle.select(
                        "select actor || ' ' || action || ': ' || detail from audit where target = ?"
                                + " order by audit_id desc limit 1",
                        "callback " + ONE + "/1"));
        String meanwhile = post();
        assertEquals("suspended", delivery(meanwhile).get("state"), "nothing is lost that comes meanwhile");

        assertEquals("active", registry.post(ONE, 1, "resume").get("state").asText());
        awaitState(task, "delivered");
        awaitState(meanwhile, "delivered");
        assertEquals(3, server.received(PATH).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new", PATH})
    void goneFromBeforeTheCallbackWasPutAnewSuspendsNothing(String path) throws Exception {
        CountDownLatch moved = new CountDownLatch(1);
        server.answers(PATH, exchange -> {
            moved.await(10, TimeUnit.SECONDS);
            Partner.status(410).to(exchange);
        });
        String task = post();
        eventually().until(() -> server.inProgress(PATH) == 1);
        registry.register(ONE, 1, server.url(path));
        moved.countDown();
        awaitAttempt(task, "failed");
        assertEquals("pending", delivery(task).get("state"));
        assertEquals("active", registry.callback(ONE, 1).get("state").asText());
    }

    @Test
    void whatWasSetAsideAtTheMomentOfItsResumptionIsFound() throws Exception {
        String task = post();
        awaitState(task, "delivered");
        bundle.execute(
                "update delivery set state = 'suspended' where delivery_id = ?",
                delivery(task).get("delivery_id"));
        bundle.context()
                .getComponent("delivery", DeliveryComponent.class)
                .store()
                .adoptSetAside();
        awaitState(task, "delivered");
        eventually().until(() -> server.received(PATH).size() == 2);
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    private static void assertAttempt(Map<String, Object> delivery, Integer status, String reason, Duration pause) {
        Map<String, Object> attempt = bundle.rows(
                        "select * from delivery_attempt where delivery_id = ?", delivery.get("delivery_id"))
                .get(0);
        assertEquals(status, attempt.get("status"));
        assertTrue(delivery.get("reason").toString().matches(reason), () -> "reason: " + delivery.get("reason"));
        Duration until = Duration.between(time(attempt.get("started_at")), time(delivery.get("due_at")));
        // an attempt takes two seconds at the most, and a pause is stretched by a tenth
        assertTrue(until.compareTo(pause.minusSeconds(3)) >= 0, () -> pause + " but " + until);
        Duration most = pause.plus(pause.dividedBy(10)).plusSeconds(5);
        assertTrue(until.compareTo(most) <= 0, () -> pause + " but " + until);
    }

    private static Instant time(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : ((java.sql.Timestamp) value).toInstant();
    }

    private static String post() throws Exception {
        String task = UUID.randomUUID().toString();
        assertEquals(204, bundle.post(token, Fixtures.task(TASK, task)).statusCode());
        return task;
    }

    private static Map<String, Object> awaitAttempt(String task, String outcome) {
        eventually().until(() -> !bundle.rows(
                        "select 1 from delivery_attempt a join delivery d on d.delivery_id = a.delivery_id"
                                + " join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.destination like 'callback/%' and a.outcome = ?",
                        task, outcome)
                .isEmpty());
        return delivery(task);
    }

    private static void awaitState(String task, String state) {
        eventually().until(() -> delivery(task).get("state").equals(state));
    }

    private static Map<String, Object> delivery(String task) {
        return bundle.rows(
                        "select d.* from delivery d join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.destination like 'callback/%'",
                        task)
                .get(0);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
