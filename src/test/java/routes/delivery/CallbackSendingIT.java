package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.registry.PartnerAuth;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Partner.Answer;
import routes.support.Partner.Received;
import routes.support.Registry;
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/** What a callback's settings make of what is sent: tokens, both signatures of a rotation, the filter, the pause. */
@ParameterizedClass
@EnumSource
class CallbackSendingIT {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final String SUCCESS = "coverage-discovery/valid/01-success-chained-everything.json";
    private static final String ONE = TestRegistry.OWN;
    private static final String HOOK = "/hook";
    private static final String TOKENS = "/token";
    private static final int AT_ONCE = 200;
    private static final int TIMEOUT_SECONDS = 4;

    private static Bundle bundle;
    private static Registry registry;
    private static String token;
    private Partner server;
    private String secret;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(ONE)));
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.timeout-seconds", Integer.toString(TIMEOUT_SECONDS));
        settings.put("callback.workers", Integer.toString(AT_ONCE));
        settings.put("callback.per-partner", Integer.toString(AT_ONCE));
        settings.put("callback.retry-schedule", "10m, 10m");
        settings.put("callback.slow-retry", "30m");
        settings.put("callback.circuit-failures", "1000");
        bundle = Bundle.start(database.create(), settings);
        registry = new Registry(bundle.uri("/"));
        token = bundle.token("optum");
        registry.grant(ONE, "*");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    @BeforeEach
    void aPartner() throws Exception {
        server = new Partner();
        secret = registry.register(ONE, 1, server.url(HOOK));
    }

    @AfterEach
    void away() throws Exception {
        registry.delete(ONE, 1);
        server.close();
    }

    // -------------------------------------------------------------------------------------------------------- tokens

    private void wantsTokens(Answer... answers) throws Exception {
        server.answers(TOKENS, answers);
        registry.put(ONE, 1, body(auth(server)));
    }

    private static ObjectNode auth(Partner server) {
        ObjectNode body = Bundle.JSON.createObjectNode();
        body.putObject("auth")
                .put("type", "oauth2")
                .put("tokenUrl", server.url(TOKENS))
                .put("clientId", "us & you")
                .put("clientSecret", "s%cret+")
                .put("scope", "a b");
        return body;
    }

    private ObjectNode body(ObjectNode more) {
        return more.put("callbackUrl", server.url(HOOK));
    }

    private static Answer given(String token) {
        return Partner.json(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":3600}");
    }

    @Test
    void twoHundredAtOnceAskForOneToken() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        wantsTokens(exchange -> {
            all.await(10, TimeUnit.SECONDS);
            given("one").to(exchange);
        });
        Set<String> tasks = new HashSet<>();
        for (int i = 0; i < AT_ONCE; i++) {
            tasks.add(post(TASK));
        }
        // all are under way, and wait for it
        eventually().until(() -> Integer.toString(AT_ONCE)
                .equals(bundle.select(
                        "select count(*) from delivery where owner is not null and lane = ?", "callback/" + ONE)));
        all.countDown();
        eventually().until(() -> server.received(HOOK).size() == AT_ONCE);
        assertEquals(1, server.received(TOKENS).size());
        assertEquals(
                Set.of("Bearer one"),
                Set.copyOf(server.received(HOOK).stream()
                        .map(received ->
                                received.headers().firstValue("Authorization").orElse(""))
                        .toList()));
        assertEquals(
                "grant_type=client_credentials&client_id=us+%26+you&client_secret=s%25cret%2B&scope=a+b",
                new String(server.received(TOKENS).get(0).bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnceInTheSameAttempt() throws Exception {
        wantsTokens(given("old"), given("new"));
        server.answers(HOOK, Partner.status(401), Partner.status(204));
        awaitOutcome(post(TASK), "delivered");
        assertEquals(List.of("Bearer old", "Bearer new"), authorizations());
        awaitOutcome(post(TASK), "delivered");
        assertEquals(2, server.received(TOKENS).size(), "the new one is kept");
    }

    @Test
    void aPartnerThatRefusesEveryTokenIsAskedTwiceAndNotAgainSoon() throws Exception {
        wantsTokens(given("old"), given("new"));
        server.answers(HOOK, Partner.status(401));
        String task = post(TASK);
        awaitOutcome(task, "failed");
        assertEquals(2, server.received(HOOK).size());
        assertEquals(2, server.received(TOKENS).size());
        assertEquals("the partner answered 401", delivery(task).get("reason"));
        assertTrue(isSlow(task));
    }

    @Test
    void aTokenEndpointAndAPartnerThatHangShareTheTimeOfOneAttempt() throws Exception {
        wantsTokens(slowly(given("one")));
        server.answers(HOOK, server.hang());
        String task = post(TASK);
        awaitOutcome(task, "failed");
        long millis = Long.parseLong(bundle.select(
                "select duration_ms from delivery_attempt where delivery_id = ?",
                delivery(task).get("delivery_id")));
        assertTrue(millis < TIMEOUT_SECONDS * 1400, () -> "the attempt took " + millis + " ms");
        server.release();
    }

    /** After half of the time that an attempt has. */
    private static Answer slowly(Answer answer) {
        return exchange -> {
            new CountDownLatch(1).await(TIMEOUT_SECONDS * 500, TimeUnit.MILLISECONDS);
            answer.to(exchange);
        };
    }

    @Test
    void credentialsThatAreRefusedAreNotTriedByEveryDelivery() throws Exception {
        wantsTokens(Partner.status(401));
        for (int i = 0; i < 5; i++) {
            awaitOutcome(post(TASK), "failed");
        }
        assertEquals(1, server.received(TOKENS).size());
        // others are others
        ObjectNode other = auth(server);
        other.withObject("/auth").put("clientSecret", "another");
        server.answers(TOKENS, given("one"));
        registry.put(ONE, 1, body(other));
        awaitOutcome(post(TASK), "delivered");
    }

    static Stream<Arguments> tokenFaults() {
        return Stream.of(
                tokenFault(() -> Partner.status(500), "the token endpoint answered 500", false),
                tokenFault(() -> Partner.status(429), "the token endpoint answered 429", false),
                tokenFault(() -> Partner.status(401), "the token endpoint answered 401", true),
                tokenFault(() -> Partner.status(400), "the token endpoint answered 400", true),
                tokenFault(() -> Partner.redirect("http://169.254.169.254/"), "the token endpoint answered 307", false),
                tokenFault(() -> Partner.json(200, "no JSON"), "the token endpoint answered no JSON", false),
                tokenFault(() -> Partner.json(200, "{}"), "the token endpoint gave no bearer token", false),
                tokenFault(
                        () -> Partner.json(200, "{\"access_token\":\"a\\r\\nb: c\"}"),
                        "the token endpoint gave no bearer token",
                        false),
                tokenFault(
                        () -> Partner.json(200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}"),
                        "the token endpoint gave no bearer token",
                        false),
                tokenFault(
                        () -> Partner.json(200, "{\"access_token\":\"a\",\"x\":\"" + "x".repeat(70_000) + "\"}"),
                        "the token endpoint gave no bearer token",
                        false),
                tokenFault(Partner::nothing, "the token endpoint does not answer", false));
    }

    private static Arguments tokenFault(Supplier<Answer> answer, String reason, boolean slow) {
        return arguments(answer, reason, slow);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("tokenFaults")
    void withoutATokenNothingIsSent(Supplier<Answer> answer, String reason, boolean slow) throws Exception {
        wantsTokens(answer.get());
        String task = post(TASK);
        awaitOutcome(task, "failed");
        assertEquals(reason, delivery(task).get("reason"));
        assertEquals(slow, isSlow(task));
        assertEquals(List.of(), server.received(HOOK));
        assertEquals(1, server.received(TOKENS).size());
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsReplacedBeforeItRunsOut(Expiry expiry) {
        server.answers(TOKENS, Partner.json(200, "{\"access_token\":\"a\"" + expiry.json + "}"));
        PartnerAuth auth = new PartnerAuth(
                "oauth2",
                Map.of(
                        "tokenUrl", server.url(TOKENS),
                        "clientId", "us",
                        "clientSecret", "s",
                        "scope", "",
                        "tokenRequest", "form"));
        try (TokenRequest request =
                new TokenRequest(bundle.bean("callback-client", CallbackClient.class), Duration.ZERO)) {
            Instant before = Instant.now();
            PartnerTokens.Token given = request.send(auth, null);
            assertEquals(
                    expiry.fresh, Duration.between(before, given.freshUntil()).toSeconds());
            assertEquals(
                    expiry.good, Duration.between(before, given.goodUntil()).toSeconds());
            assertFalse(given.toString().contains("a]"));
        }
    }

    enum Expiry {
        AN_HOUR(",\"expires_in\":3600", 3540, 3600),
        AS_TEXT(",\"expires_in\":\"3600\"", 3540, 3600),
        SOON(",\"expires_in\":10", 8, 10),
        UNKNOWN("", 240, 300),
        NEVER(",\"expires_in\":99999999", 86340, 86400),
        AT_ONCE(",\"expires_in\":0", 1, 1);

        private final String json;
        private final long fresh;
        private final long good;

        Expiry(String json, long fresh, long good) {
            this.json = json;
            this.fresh = fresh;
            this.good = good;
        }
    }

    // ------------------------------------------------------------------------------ rotation, filter, headers, pause

    @Test
    void whileASecretIsRotatedBothSign() throws Exception {
        String second = registry.post(ONE, 1, "rotate-secret").get("secret").asText();
        awaitOutcome(post(TASK), "delivered");
        Received received = server.received(HOOK).get(0);
        String text = new String(received.bytes(), StandardCharsets.UTF_8);
        for (String either : List.of(secret, second)) {
            new Webhook(either).verify(text, received.headers());
        }
        assertEquals(
                2,
                received.headers().firstValue("webhook-signature").orElseThrow().split(" ").length);

        bundle.execute("update callback set sealed_previous = null"); // its time is over
        awaitOutcome(post(TASK), "delivered");
        Received later = server.received(HOOK).get(1);
        new Webhook(second).verify(new String(later.bytes(), StandardCharsets.UTF_8), later.headers());
        assertEquals(
                1, later.headers().firstValue("webhook-signature").orElseThrow().split(" ").length);
    }

    @Test
    void aPartnerIsToldOfWhatItWantsOnlyAndOfItsEchoesAnyway() throws Exception {
        filter("types", "task", "statuses", "success");
        String success = post(SUCCESS);
        String failure = post(TASK);
        assertEquals(1, deliveries(success));
        assertEquals(0, deliveries(failure));
        filter("types", "other");
        assertEquals(0, deliveries(post(SUCCESS)));
        ObjectNode echo = Bundle.JSON.createObjectNode().put("processUniqueId", "process-1");
        echo.putObject("rawBody").put("stateDescription", "done");
        assertEquals("delivered", registry.echo(ONE, 1, echo).get("outcome").asText());
    }

    private void filter(String... namesAndValues) throws Exception {
        ObjectNode body = Bundle.JSON.createObjectNode();
        ObjectNode filter = body.putObject("filter");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            filter.putArray(namesAndValues[i]).add(namesAndValues[i + 1]);
        }
        registry.put(ONE, 1, body(body));
    }

    @Test
    void headersThatAPartnerWantsAreSentAndNoneOfTheEvents() throws Exception {
        ObjectNode body = Bundle.JSON.createObjectNode();
        body.putObject("headers").put("x-team", "claims");
        registry.put(ONE, 1, body(body));
        awaitOutcome(post(TASK), "delivered");
        Received received = server.received(HOOK).get(0);
        assertEquals("claims", received.headers().firstValue("x-team").orElse(null));
        assertFalse(received.headers().firstValue("x-optum-tenant-id").isPresent());
    }

    @Test
    void whatIsPausedWaitsAndIsSentAfterwards() throws Exception {
        registry.put(ONE, 1, body(Bundle.JSON.createObjectNode()));
        registry.post(ONE, 1, "pause");
        String task = post(TASK);
        assertEquals(1, deliveries(task), "it is planned");
        // another goes the same way meanwhile, and comes through
        registry.put(ONE, 2, Bundle.JSON.createObjectNode().put("callbackUrl", server.url("/two")));
        bundle.execute(
                "update delivery set destination = ? where event_id ="
                        + " (select event_id from event where subject = ?) and route = 'callback'",
                "callback/" + ONE + "/2",
                post(TASK));
        eventually().until(() -> server.received("/two").size() == 1);
        assertEquals(List.of(), server.received(HOOK));
        assertEquals("pending", delivery(task).get("state"));

        registry.post(ONE, 1, "resume");
        awaitOutcome(task, "delivered");
        registry.delete(ONE, 2);
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    private List<String> authorizations() {
        return server.received(HOOK).stream()
                .map(received -> received.headers().firstValue("Authorization").orElse(""))
                .toList();
    }

    private static String post(String fixture) throws Exception {
        String task = UUID.randomUUID().toString();
        assertEquals(204, bundle.post(token, Fixtures.task(fixture, task)).statusCode());
        return task;
    }

    private static long deliveries(String task) {
        return bundle.rows(
                        "select 1 from delivery d join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.destination like 'callback/%'",
                        task)
                .size();
    }

    private static Map<String, Object> delivery(String task) {
        return bundle.rows(
                        "select d.* from delivery d join event e on e.event_id = d.event_id"
                                + " where e.subject = ? and d.destination like 'callback/%'",
                        task)
                .get(0);
    }

    private static boolean isSlow(String task) {
        return "1"
                .equals(bundle.select(
                        "select count(*) from delivery where delivery_id = ? and due_at > current_timestamp + interval '20' minute",
                        delivery(task).get("delivery_id")));
    }

    private static void awaitOutcome(String task, String outcome) {
        eventually()
                .until(() -> outcome.equals(bundle.select(
                        "select outcome from delivery_attempt where delivery_id = ?",
                        delivery(task).get("delivery_id"))));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
