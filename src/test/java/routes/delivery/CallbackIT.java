package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
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
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Partner.Answer;
import routes.support.Partner.Received;
import routes.support.Registry;
import routes.support.TestDatabase;

/** What partners get, over real HTTP and verified as Standard Webhooks has it; and what they can do to others: nothing. */
@ParameterizedClass
@EnumSource
class CallbackIT {

    private static final String TASK = "coverage-discovery/valid/02-failure-serial.json";
    private static final int TYPE = 1;
    private static final int PER_PARTNER = 4;
    private static final List<String> HUNDRED =
            IntStream.rangeClosed(1, 100).mapToObj(i -> "partner-" + i).toList();
    private static final Set<String> HEADERS = Set.of(
            "Connection",
            "Content-length",
            "Content-type",
            "Host",
            "User-agent",
            "Webhook-id",
            "Webhook-signature",
            "Webhook-timestamp");
    private static final String ONE = HUNDRED.get(0);
    private static final String TWO = HUNDRED.get(1);

    private static Bundle bundle;
    private static Registry registry;
    private static Partner server;
    private static String token;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(HUNDRED));
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("callback.timeout-seconds", "2");
        settings.put("callback.slow-retry", "1s");
        settings.put("callback.per-partner", Integer.toString(PER_PARTNER));
        settings.put("callback.retry-schedule", String.join(", ", Collections.nCopies(50, "200ms")));
        bundle = Bundle.start(database.create(), settings);
        registry = new Registry(bundle.uri("/"));
        server = new Partner();
        token = bundle.token("optum");
        for (String partner : HUNDRED) {
            registry.grant(partner, "all-hundred");
            server.secret(path(partner), registry.register(partner, TYPE, server.url(path(partner))));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        bundle.close();
        server.close();
    }

    @BeforeEach
    void theFirstPartnerIsWellAgain() throws Exception {
        registry.grant(ONE, "all-hundred");
        registry.grant(TWO, "all-hundred");
        server.answers(path(ONE));
        register();
    }

    private static String register() throws Exception {
        String secret = registry.register(ONE, TYPE, server.url(path(ONE)));
        if (!secret.isEmpty()) {
            server.secret(path(ONE), secret);
        }
        return secret;
    }

    // ------------------------------------------------------------------------------------------- what a partner gets

    @Test
    void aPartnerIsToldInASignedNotificationThatHasNothingOfThePayload() throws Exception {
        registry.grant(ONE, "told");
        String task = "täsk-✓-" + UUID.randomUUID();
        post("told", task);
        awaitState(task, "delivered");

        Received received = received(task).get(0);
        Map<String, Object> event =
                bundle.rows("select * from event where subject = ?", task).get(0);
        String endDateTime =
                Bundle.JSON.readTree(Fixtures.bytes(TASK)).get("endDateTime").asText();
        ObjectNode expected = Bundle.JSON.createObjectNode().put("notificationTypeID", TYPE);
        expected.put("processUniqueId", task)
                .putObject("rawBody")
                .put("stateDescription", "failure")
                .put("changeDate", Instant.parse(endDateTime).toString())
                .put("sender", "coverage-discovery")
                .put("eventType", "task")
                .put("eventId", event.get("event_id").toString());
        assertEquals(expected, received.body());
        assertTrue(received.verified());
        assertEquals(path(ONE), received.path());
        assertEquals(delivery(task).get("delivery_id").toString(), received.id());
        assertEquals(HEADERS, new TreeSet<>(received.headers().map().keySet()));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments("an error", answer(server -> Partner.status(500)), 500),
                arguments("a refusal", answer(server -> Partner.status(403)), 403),
                arguments("a redirect", answer(server -> Partner.redirect(server.url("/elsewhere"))), 307),
                arguments("no answer", answer(server -> Partner.nothing()), null),
                arguments("an answer that does not come", answer(Partner::hang), null),
                arguments("an answer that never ends", answer(Partner::dripping), null));
    }

    private static Function<Partner, Answer> answer(Function<Partner, Answer> answer) {
        return answer;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void anythingButSuccessIsTriedAgainUnderTheSameId(String name, Function<Partner, Answer> first, Integer status)
            throws Exception {
        registry.grant(ONE, "tried-again");
        server.answers(path(ONE), first.apply(server), Partner.status(204));
        String task = post("tried-again");
        awaitState(task, "delivered");

        String id = delivery(task).get("delivery_id").toString();
        assertEquals(List.of(id, id), received(task).stream().map(Received::id).toList());
        assertTrue(received(task).stream().allMatch(Received::verified));
        List<Map<String, Object>> attempts = attempts(task);
        assertEquals(List.of("failed", "delivered"), column(attempts, "outcome"));
        assertEquals(status, attempts.get(0).get("status"));
        assertEquals(204, attempts.get(1).get("status"));
        assertEquals(List.of(), server.received("/elsewhere"));
    }

    /** Camel fills in what is between double braces. A URL may have them escaped, and then they are no such thing. */
    @Test
    void nothingIsFilledInInAUrl() throws Exception {
        String placeholder = "/hook/%7B%7Bsealing.keys%7D%7D?x=%7B%7Bdatabase.password%7D%7D&y=$%7Bbody%7D";
        registry.register(ONE, TYPE, server.url(placeholder));
        registry.grant(ONE, "filled-in");
        String task = post("filled-in");
        awaitState(task, "delivered");
        assertEquals(
                List.of(placeholder),
                received(task).stream().map(Received::path).toList());
    }

    @Test
    void ofAnEndlessAnswerOnlyTheStatusCounts() throws Exception {
        try (Partner endless = new Partner()) {
            endless.answers(path(ONE), endless.endless());
            registry.register(ONE, TYPE, endless.url(path(ONE)));
            registry.grant(ONE, "endless");
            String task = post("endless");
            awaitState(task, "delivered");
            List<Map<String, Object>> attempts = attempts(task);
            assertEquals(List.of(200), column(attempts, "status"));
            // it has noticed that nobody listens any more
            eventually().until(() -> endless.inProgress(path(ONE)) == 0);
        }
    }

    // ------------------------------------------------------------------------------------------------- who gets what

    @Test
    void oneCommitMakesADeliveryForEachOfAHundredPartnersAndEachGetsItsOwn() throws Exception {
        String task = post("all-hundred");
        assertEquals(100, deliveries(task).size());
        awaitState(task, "delivered");

        List<Received> received = received(task);
        assertEquals(
                HUNDRED.stream().map(CallbackIT::path).sorted().toList(),
                received.stream().map(Received::path).sorted().toList());
        assertTrue(received.stream().allMatch(Received::verified), "each under the partner's own secret");
        Map<String, String> ids = deliveries(task).stream()
                .collect(Collectors.toMap(
                        delivery -> delivery.get("destination").toString().replaceFirst("callback", ""),
                        delivery -> delivery.get("delivery_id").toString()));
        assertEquals(ids, received.stream().collect(Collectors.toMap(Received::path, Received::id)));
    }

    @Test
    void aPartnerThatHangsHoldsUpNoOther() throws Exception {
        try (Partner hanging = new Partner()) {
            hanging.answers(path(ONE), hanging.hang());
            registry.register(ONE, TYPE, hanging.url(path(ONE)));
            List<String> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                tasks.add(post("all-hundred"));
            }
            for (String task : tasks) {
                eventually().until(() -> received(task).size() == 99);
                assertEquals(List.of("pending"), states(task, path(ONE)));
            }
            assertTrue(hanging.inProgress(path(ONE)) > 0, "it hangs");

            hanging.release();
            tasks.forEach(task -> awaitState(task, "delivered"));
        }
    }

    @Test
    void eventsOfOtherTenantsReachOnlyWhoHasAGrantForAll() throws Exception {
        registry.grant(ONE, "mine");
        registry.grant(TWO, "*");
        String mine = post("mine");
        String others = post("others");
        assertEquals(
                Set.of("callback" + path(ONE), "callback" + path(TWO)),
                Set.copyOf(column(deliveries(mine), "destination")));
        assertEquals(List.of("callback" + path(TWO)), column(deliveries(others), "destination"));
        awaitState(mine, "delivered");
        awaitState(others, "delivered");
        assertEquals(
                List.of(path(TWO)),
                received(others).stream().map(Received::path).toList());
    }

    interface Change {
        void make() throws Exception;
    }

    static Stream<Arguments> withdrawals() {
        return Stream.of(
                arguments("the grant was revoked", change(() -> registry.grant(ONE))),
                arguments("the callback was deleted", change(() -> registry.delete(ONE, TYPE))),
                arguments(
                        "the callback is disabled", change(() -> registry.disable(ONE, TYPE, server.url(path(ONE))))));
    }

    private static Change change(Change change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withdrawals")
    void whatWasWithdrawnSinceTheCommitIsNotSent(String reason, Change withdrawal) throws Exception {
        registry.grant(ONE, "withdrawn");
        server.answers(path(ONE), Partner.status(500));
        String tried = post("withdrawn");
        eventually().until(() -> !received(tried).isEmpty());
        bundle.context().getRouteController().stopRoute("deliver-callback");
        String untried = post("withdrawn");
        int sent = server.received(path(ONE)).size();
        try {
            withdrawal.make();
        } finally {
            bundle.context().getRouteController().startRoute("deliver-callback");
        }

        awaitState(tried, "cancelled");
        awaitState(untried, "cancelled");
        assertEquals(reason, delivery(tried).get("reason"));
        assertEquals(reason, delivery(untried).get("reason"));
        assertEquals(List.of(), deliveries(post("withdrawn")), "nothing new is planned");
        assertEquals(sent, server.received(path(ONE)).size());
    }

    @Test
    void noSecretIsInTheDatabaseInClear() throws Exception {
        registry.delete(ONE, TYPE);
        String secret = register();
        registry.grant(ONE, "secret");
        awaitState(post("secret"), "delivered");

        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        List<String> forms = List.of(
                secret.substring("whsec_".length()),
                new String(key, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(key));
        int values = 0;
        for (Map<String, Object> table :
                bundle.rows("select table_name from information_schema.tables where lower(table_schema) = 'public'")) {
            for (Map<String, Object> row : bundle.rows("select * from " + table.get("table_name"))) {
                for (Object value : row.values()) {
                    String text = value instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                            : String.valueOf(value);
                    assertTrue(forms.stream().noneMatch(text::contains), () -> "in " + table);
                    values++;
                }
            }
        }
        assertTrue(values > 1000, "too few values to prove anything");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    private static String path(String partner) {
        return "/" + partner + "/" + TYPE;
    }

    /** Posts a new task of that tenant; answers its id. */
    private static String post(String tenant) throws Exception {
        String task = UUID.randomUUID().toString();
        post(tenant, task);
        return task;
    }

    private static void post(String tenant, String task) throws Exception {
        int status = bundle.send(bundle.request(token)
                        .setHeader("x-optum-tenant-id", tenant)
                        .POST(BodyPublishers.ofByteArray(Fixtures.task(TASK, task))))
                .statusCode();
        assertEquals(204, status);
    }

    /** The requests about that task, the oldest first. */
    private static List<Received> received(String task) {
        return server.received().stream()
                .filter(request -> new String(request.bytes(), StandardCharsets.UTF_8).contains(task))
                .toList();
    }

    /** The deliveries of that task to partners. */
    private static List<Map<String, Object>> deliveries(String task) {
        return bundle.rows(
                "select d.* from delivery d join event e on e.event_id = d.event_id"
                        + " where e.subject = ? and d.route = 'callback'",
                task);
    }

    /** The only one of them. */
    private static Map<String, Object> delivery(String task) {
        List<Map<String, Object>> deliveries = deliveries(task);
        assertEquals(1, deliveries.size());
        return deliveries.get(0);
    }

    private static List<Map<String, Object>> attempts(String task) {
        return bundle.rows(
                "select * from delivery_attempt where delivery_id = ? order by claim_number",
                delivery(task).get("delivery_id"));
    }

    private static List<Object> states(String task, String path) {
        return column(
                deliveries(task).stream()
                        .filter(delivery -> delivery.get("destination").equals("callback" + path))
                        .toList(),
                "state");
    }

    private static void awaitState(String task, String state) {
        eventually().until(() -> Set.of(state).equals(Set.copyOf(column(deliveries(task), "state"))));
    }

    private static List<Object> column(List<Map<String, Object>> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
