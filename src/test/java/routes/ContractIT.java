package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Contract;
import routes.support.ExampleCall;
import routes.support.Hmacs;
import routes.support.Jwts;
import routes.support.OpenApi;
import routes.support.OpenApi.Operation;
import routes.support.TestDatabase;

/** openapi.yaml against the running bundle: every status of every operation, and no path that only one of the two has. */
class ContractIT {

    /** Statuses that no call here provokes, and where they are. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "408", "takes as long as the limit: HttpLimitsIT",
            "429", "takes many failures: FailedAttemptsIT",
            "500", "takes a fault of ours: FailuresIT, RegistryFailuresIT, AccessRcIT");

    /** They do not look at the query. */
    private static final Set<String> ANY_QUERY = Set.of("token", "optum-connections-get", "openapi");

    private static final String SECRET = "demo-secret";
    private static final String NOWHERE = "00000000-0000-4000-8000-00000000dead";
    private static final String MULTIPART = "multipart/form-data; boundary=x";
    private static final int MAX_BODY = 50_000;

    private static final OpenApi DOCUMENT = OpenApi.read();
    private static final Contract CONTRACT = new Contract(DOCUMENT);

    /** The bundle with the demo settings, on which the examples are to work; without senders; and about to stop. */
    private enum Server {
        DEMO,
        WITHOUT_SENDERS,
        STOPPING
    }

    private static final Map<Server, Bundle> BUNDLES = new EnumMap<>(Server.class);
    private static final Map<String, String> TOKENS = new HashMap<>();
    private static String invalidEvent;
    private static String endedDelivery;
    private static String pendingDelivery;
    private static String replay;
    private static String goneEvent;
    private static String erasure;

    @BeforeAll
    static void start() throws Exception {
        BUNDLES.put(Server.DEMO, Bundle.start(TestDatabase.H2.create(), demoSettings()));
        BUNDLES.put(
                Server.WITHOUT_SENDERS,
                Bundle.start(TestDatabase.H2.create(), Map.of("sender.coverage-discovery.enabled", "false")));
        BUNDLES.put(Server.STOPPING, Bundle.start(TestDatabase.H2));
        BUNDLES.get(Server.STOPPING).context().suspend();
        TOKENS.put("stranger", "x.y.z");
        callbacks();
        events();
        deliveries();
    }

    /** With clients that may do nothing, or whose partner is not there. */
    private static Map<String, String> demoSettings() {
        return Map.of(
                "camel.main.profile", "demo",
                "http.max-body-size", Integer.toString(MAX_BODY),
                "notification-type.7", "Unrouted",
                "notification-type.8", "Unwanted",
                "oauth2.client.nobody.secret", SECRET,
                "oauth2.client.nobody.scopes", "nothing",
                "oauth2.client.gone.secret", SECRET,
                "oauth2.client.gone.scopes", "callbacks",
                "oauth2.client.gone.partner", NOWHERE);
    }

    private static void callbacks() throws Exception {
        for (String type : List.of("3", "7", "8")) {
            send(call("callback-put", 200)
                    .path("notificationType", type)
                    .json("{'callbackUrl': 'https://partner.example/hook', 'enabled': " + !type.equals("3") + "}"));
        }
        send(call("partner-put", 200).path("partnerUniqueID", "to-be-removed"));
    }

    /** The one of the example, delivered; one that is parked, and one that is quarantined. */
    private static void events() throws Exception {
        send(call("coverage-discovery-webhook", 204));
        send(call("coverage-discovery-webhook", 204).json("{'id': 'x', 'status': 'odd', 'discoveryPaths': {}}"));
        send(call("coverage-discovery-webhook", 400).body("{}"));
        String query = "select event_id from event where state = 'quarantined'";
        invalidEvent = BUNDLES.get(Server.DEMO).select(query);
        goneEvent = BUNDLES.get(Server.DEMO).select("select event_id from event where state = 'parked'");
        BUNDLES.get(Server.DEMO)
                .execute(
                        "update event set payload = null, payload_key_id = null where event_id = ?",
                        UUID.fromString(goneEvent));
        erasure = Bundle.json(send(call("erasure-open", 202).example("subject")))
                .get("id")
                .asText();
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> send(call("events", 200).query("delivery=delivered"))
                                .body(),
                        body -> body.contains("\"id\""));
    }

    /** One that has ended, and one that waits for tomorrow; a replay that had nothing to do; and a partner that is left alone. */
    private static void deliveries() throws Exception {
        endedDelivery = delivered("callback/%");
        pendingDelivery = delivered("jdbc/%");
        Bundle demo = BUNDLES.get(Server.DEMO);
        demo.execute(
                "update delivery set state = 'pending', due_at = current_timestamp + interval '1' day where delivery_id = ?",
                UUID.fromString(pendingDelivery));
        demo.execute("insert into circuit (lane, state, failures, openings, open_until)"
                + " values ('callback/partner-9', 'open', 7, 2, current_timestamp + interval '1' day)");
        replay = Bundle.json(send(call("deliveries-replay", 202).example("replay")))
                .get("id")
                .asText();
    }

    private static String delivered(String destination) {
        String query = "select delivery_id from delivery where state = 'delivered' and destination like ?";
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> BUNDLES.get(Server.DEMO).select(query, destination), Objects::nonNull);
    }

    @AfterAll
    static void stop() {
        BUNDLES.values().forEach(Bundle::close);
    }

    private static ExampleCall call(String operation, int status) {
        return new ExampleCall(DOCUMENT.operation(operation), status);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                        to(Server.DEMO, DOCUMENT.operations().stream().flatMap(ContractIT::mistakes)),
                        to(Server.DEMO, mistakesOfTheirOwn()),
                        to(Server.DEMO, good()),
                        to(
                                Server.WITHOUT_SENDERS,
                                DOCUMENT.operations().stream()
                                        .filter(operation -> ofASender(operation.path()))
                                        .map(operation -> new ExampleCall(operation, 404))),
                        to(
                                Server.STOPPING,
                                DOCUMENT.operations().stream()
                                        .filter(operation -> operation.answers(503))
                                        .map(operation -> new ExampleCall(operation, 503))))
                .flatMap(part -> part);
    }

    private static Stream<Arguments> to(Server server, Stream<ExampleCall> calls) {
        return calls.map(call -> Arguments.of(server, call));
    }

    private static boolean ofASender(String path) {
        return path.startsWith("/webhooks/") || path.startsWith("/events/import/");
    }

    /** What can be wrong with any request, as far as the operation looks at it and the document has it answer that. */
    private static Stream<ExampleCall> mistakes(Operation operation) {
        Stream<ExampleCall> any = Stream.of(
                new ExampleCall(operation, 400).named("needless escape").escaped(),
                new ExampleCall(operation, 413).named("body too large").body("x".repeat(MAX_BODY + 1)),
                new ExampleCall(operation, 414).named("long address").query("x=" + "x".repeat(5_000)),
                new ExampleCall(operation, 415).named("multipart").header("Content-Type", MULTIPART),
                new ExampleCall(operation, 431).named("large headers").header("X-Large", "x".repeat(20_000)));
        Stream<ExampleCall> query = Stream.of(
                new ExampleCall(operation, 400).named("unknown parameter").query("colour=red"));
        Stream<ExampleCall> credentials = Stream.of(
                new ExampleCall(operation, 401).named("bad credentials").as("stranger"),
                new ExampleCall(operation, operation.id().equals("coverage-discovery-webhook") ? 403 : 401)
                        .named("no credentials")
                        .as(null));
        Stream<ExampleCall> scopes =
                Stream.of(new ExampleCall(operation, 403).named("no scope").as("nobody"));
        boolean token = new ExampleCall(operation, 0).scheme().equals("token");
        return Stream.of(
                        any,
                        ANY_QUERY.contains(operation.id()) ? Stream.<ExampleCall>empty() : query,
                        operation.id().equals("token") ? Stream.<ExampleCall>empty() : credentials,
                        token ? scopes : Stream.<ExampleCall>empty())
                .flatMap(part -> part)
                .filter(call -> operation.answers(call.status()));
    }

    private static Stream<ExampleCall> mistakesOfTheirOwn() {
        return Stream.of(
                call("token", 400).named("another grant").json("{'grant_type': 'password'}"),
                call("token", 400)
                        .named("a scope that it does not have")
                        .json(
                                "{'grant_type': 'client_credentials', 'client_id': 'nobody', 'client_secret': 'demo-secret',"
                                        + " 'scope': 'admin'}"),
                call("token", 401)
                        .named("a wrong secret")
                        .json("{'grant_type': 'client_credentials', 'client_id': 'demo', 'client_secret': 'x'}"),
                call("token", 401)
                        .named("a wrong secret with Basic")
                        .header("Authorization", basic("x"))
                        .json("{'grant_type': 'client_credentials'}"),
                call("coverage-discovery-webhook", 400).named("invalid").body("{}"),
                call("coverage-discovery-webhook", 415).named("text").header("Content-Type", "text/plain"),
                call("accessrc-webhook", 400).named("invalid").body("{}"),
                call("accessrc-webhook", 400).named("multipart").header("Content-Type", MULTIPART),
                call("accessrc-webhook", 400).named("body too large").body("x".repeat(MAX_BODY + 1)),
                call("client-create", 400).named("unknown scope").json("{'id': 'x', 'scopes': ['root']}"),
                call("client-create", 409).named("one of the properties").json("{'id': 'demo'}"),
                call("client-get", 404).path("clientId", "missing"),
                call("client-put", 400).named("unknown field").json("{'colour': 'red'}"),
                call("client-put", 404).path("clientId", "missing"),
                call("client-put", 409).named("one of the properties").path("clientId", "demo"),
                call("client-delete", 404).path("clientId", "missing"),
                call("client-delete", 409).named("one of the properties").path("clientId", "demo"),
                call("client-rotate-secret", 400).named("negative").json("{'overlapSeconds': -1}"),
                call("client-rotate-secret", 404).path("clientId", "missing"),
                call("client-rotate-secret", 409).named("one of the properties").path("clientId", "demo"),
                call("partner-put", 400).named("unknown field").json("{'colour': 'red'}"),
                call("partner-get", 404).path("partnerUniqueID", NOWHERE),
                call("partner-delete", 404).path("partnerUniqueID", NOWHERE),
                call("callbacks", 400).named("no number").query("limit=ten"),
                call("callbacks", 404).path("partnerUniqueID", NOWHERE).as("gone"),
                call("callback-put", 400).named("no https").json("{'callbackUrl': 'http://partner.example/'}"),
                call("callback-put", 404).path("partnerUniqueID", NOWHERE).as("gone"),
                call("callback-put", 400).named("no such auth").json(auth("{'type': 'digest'}")),
                call("callback-delete", 404).path("partnerUniqueID", NOWHERE).as("gone"),
                call("callback-rotate-secret", 400)
                        .named("negative")
                        .path("notificationType", "7")
                        .json("{'overlapSeconds': -1}"),
                call("callback-rotate-secret", 404).path("partnerUniqueID", NOWHERE),
                call("callback-pause", 404).path("partnerUniqueID", NOWHERE),
                call("callback-resume", 404).path("partnerUniqueID", NOWHERE),
                call("echo", 400).named("invalid").body("{}"),
                call("echo", 404).path("partnerUniqueID", NOWHERE).as("gone"),
                call("echo", 409).named("disabled").path("notificationTypeID", "3"),
                call("echo", 415).named("text").header("Content-Type", "text/plain"),
                call("events", 400).named("no time").query("from=yesterday"),
                call("event", 400).named("no id").path("id", "x"),
                call("event", 404).path("id", NOWHERE),
                call("event-payload", 404).path("id", NOWHERE).query("reason=test"),
                call("event-payload", 410)
                        .named("of before")
                        .path("id", goneEvent)
                        .query("reason=test"),
                call("event-replay", 404).path("id", NOWHERE),
                call("event-replay", 410).named("of before").path("id", goneEvent),
                call("event-replay", 409).named("an invalid event").path("id", invalidEvent),
                call("events-replay", 400).named("no filter").json("{'filter': {}}"),
                call("event-explain", 400).named("unknown sender").json("{'sender': 'nobody', 'body': 1}"),
                call("optum-connections-import", 400).named("no list").body("{}"),
                call("deliveries", 400).named("not ended").query("state=pending"),
                call("deliveries", 400).named("no cursor").query("cursor=1"),
                call("deliveries-summary", 400).named("no time").query("to=tomorrow"),
                call("delivery-replay", 400).named("no id").path("id", "x"),
                call("delivery-replay", 404).path("id", NOWHERE),
                call("delivery-replay", 409).named("not ended").path("id", pendingDelivery),
                call("deliveries-replay", 400).named("no filter").json("{'filter': {}}"),
                call("replay", 404).path("id", NOWHERE),
                call("replay-cancel", 404).path("id", NOWHERE),
                call("destination-pause", 400).named("no destination").body("{}"),
                call("destination-pause", 404).json("{'destination': 'jdbc/nothing'}"),
                call("destination-resume", 400).named("no destination").body("{}"),
                call("destination-resume", 404).json("{'destination': 'jdbc/nothing'}"),
                call("signing-key-rotate", 400).named("negative").json("{'overlapSeconds': -1}"),
                call("erasure-open", 400).named("no reason").json("{'event': '" + NOWHERE + "'}"),
                call("erasure-open", 404).example("event"),
                call("erasure", 404).path("id", NOWHERE));
    }

    private static Stream<ExampleCall> good() {
        return Stream.of(
                call("token", 200),
                call("token", 200).named("form").form(),
                call("token", 200)
                        .named("Basic")
                        .header("Authorization", basic(SECRET))
                        .json("{'grant_type': 'client_credentials'}"),
                call("coverage-discovery-webhook", 204).named("once more"),
                call("optum-connections-get", 200),
                call("optum-connections-webhook", 202),
                call("optum-connections-webhook", 200).named("handshake").body(""),
                call("develop-health-webhook", 202),
                call("accessrc-webhook", 200),
                call("accessrc-webhook", 200)
                        .named("refund")
                        .path("event", "DELIVERY_REFUND_REQUESTED")
                        .body(sample("DELIVERY_REFUND_REQUESTED")),
                call("accessrc-webhook", 200)
                        .named("form")
                        .path("event", "program.pull_form")
                        .body(sample("PROGRAM_PULL_FORM")),
                call("accessrc-webhook", 200)
                        .named("unknown type")
                        .path("event", "x")
                        .body("{}"),
                call("client-create", 201),
                call("client-create", 201).named("with no more than an id").json("{'id': 'to-be-removed'}"),
                call("clients", 200),
                call("clients", 200).named("a part").filtered(),
                call("client-get", 200),
                call("client-get", 200).named("one of the properties").path("clientId", "demo"),
                call("client-put", 200),
                call("client-rotate-secret", 200),
                call("client-rotate-secret", 200).named("for the usual time").body(""),
                call("client-delete", 204).path("clientId", "to-be-removed"),
                call("partner-put", 200).path("partnerUniqueID", "lakeside"),
                call("partner-get", 200),
                call("partner-delete", 204).path("partnerUniqueID", "to-be-removed"),
                call("callback-put", 200),
                call("callback-put", 200).named("once more"),
                call("callback-put", 200).named("oauth2").example("oauth2"),
                call("callback-put", 200).named("basic").example("basic"),
                call("callback-put", 200).named("header").example("header"),
                call("callback-put", 200).named("hmac").example("hmac"),
                call("callback-put", 200).named("jwt").example("jwt"),
                call("callback-put", 200).named("none").example("none"),
                call("callback-put", 200).named("filter").example("filter"),
                call("callback-rotate-secret", 200),
                call("callback-rotate-secret", 200).named("for the usual time").body(""),
                call("callback-pause", 200),
                call("callbacks", 200),
                call("callback-resume", 200),
                call("callbacks", 200).named("a part").filtered(),
                call("echo", 200),
                call("echo", 202).named("no route").path("notificationTypeID", "7"),
                call("callback-delete", 204).path("notificationType", "8"),
                call("events", 200),
                call("events", 200).named("all filters").filtered(),
                call("events", 200).named("a page").query("limit=1"),
                call("event", 200),
                call("event", 200).named("quarantined").path("id", invalidEvent),
                call("event-payload", 200).filtered(),
                call("event-replay", 200),
                call("events-replay", 200).named("preview").example("preview"),
                call("events-replay", 200).named("replay").example("replay"),
                call("events-replay", 200)
                        .named("replay of what is invalid")
                        .json("{'filter': {'state': 'quarantined'}, 'preview': false, 'limit': 1}"),
                call("event-explain", 200),
                call("event-explain", 200).named("no JSON").json("{'sender': 'develop-health', 'body': '{'}"),
                call("optum-connections-import", 200),
                call("deliveries", 200),
                call("deliveries", 200).named("all filters").filtered(),
                call("deliveries", 200).named("a page").query("state=delivered&limit=1"),
                call("deliveries-summary", 200).query("state=delivered"),
                call("deliveries-summary", 200).named("all filters").filtered(),
                call("delivery-replay", 200).path("id", endedDelivery),
                call("deliveries-replay", 200).named("preview").example("preview"),
                call("deliveries-replay", 202).named("replay").example("replay"),
                call("deliveries-replay", 202)
                        .named("replay of what was delivered")
                        .json("{'filter': {'state': 'delivered'}, 'preview': false, 'rate': 1000, 'limit': 1}"),
                call("replays", 200),
                call("replay", 200).path("id", replay),
                call("replay-cancel", 200).path("id", replay),
                call("destination-pause", 200),
                call("destinations", 200),
                call("destination-resume", 200),
                call("sealing", 200),
                call("signing-keys", 200),
                call("signing-key-rotate", 200),
                call("signing-key-rotate", 200).named("for the usual time").body(""),
                call("reseal", 200),
                call("erasure-open", 202).example("subject"),
                call("erasure", 200).path("id", erasure),
                call("openapi", 200));
    }

    private static String auth(String auth) {
        return "{'callbackUrl': 'https://partner.example/hook', 'auth': " + auth + "}";
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(("demo:" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String sample(String type) {
        try {
            return Files.readString(Path.of("samples/accessrc", type + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("calls")
    void isAnsweredAsTheDocumentSays(Server server, ExampleCall call) throws Exception {
        HttpResponse<String> response = send(server, call);
        assertEquals(call.status(), response.statusCode(), response.body());
        CONTRACT.check(call.body(), response);
    }

    @Test
    void everyStatusInTheDocumentIsProvoked() {
        Set<String> provoked = calls().map(arguments -> (ExampleCall) arguments.get()[1])
                .map(call -> call.operation().id() + " " + call.status())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        DOCUMENT.operations().forEach(operation -> operation.statuses().stream()
                .filter(status -> !ELSEWHERE.containsKey(status))
                .forEach(status -> documented.add(operation.id() + " " + status)));
        assertEquals(documented, provoked);
    }

    @Test
    void theDocumentHasThePathsOfTheBundleAndNoOthers() {
        Set<String> served = new TreeSet<>();
        Bundle bundle = BUNDLES.get(Server.DEMO);
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(bundle.port());
        for (Route route :
                VertxPlatformHttpRouter.lookup(bundle.context(), router).getRoutes()) {
            if (route.getPath() != null && route.methods() != null) {
                String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
                route.methods().forEach(method -> served.add(method + " " + path));
            }
        }
        // pages, which the demo settings switch on
        served.removeIf(path -> path.matches(".* /(demo/.*|console(/.*)?)"));
        assertEquals(
                served,
                DOCUMENT.operations().stream().map(Operation::toString).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Who errs is told what there is: the document must have it too. */
    @Test
    void theDocumentHasTheParametersAndFieldsThatTheBundleTakes() throws Exception {
        for (String id : List.of(
                "events",
                "event",
                "clients",
                "client-get",
                "callbacks",
                "callback-put",
                "callback-rotate-secret",
                "deliveries",
                "deliveries-summary",
                "deliveries-replay",
                "replays",
                "destinations",
                "destination-pause",
                "event-payload",
                "sealing",
                "reseal",
                "signing-keys",
                "signing-key-rotate",
                "erasure-open",
                "erasure")) {
            Set<String> documented = new TreeSet<>();
            DOCUMENT.operation(id)
                    .parameters("query")
                    .forEach(parameter -> documented.add(parameter.get("name").asText()));
            assertEquals(documented, known(call(id, 400).query("colour=red")), id);
        }
        assertEquals(fields("ClientRequest"), known(call("client-create", 400).json("{'colour': 'red'}")));
        assertEquals(fields("ClientChange"), known(call("client-put", 400).json("{'colour': 'red'}")));
        assertEquals(
                fields("RotateClientSecretRequest"),
                known(call("client-rotate-secret", 400).json("{'colour': 'red'}")));
        assertEquals(fields("ReplayRequest"), known(call("events-replay", 400).json("{'colour': 'red'}")));
        assertEquals(fields("EventFilter"), known(call("events-replay", 400).json("{'filter': {'colour': 'red'}}")));
        assertEquals(fields("ExplainRequest"), known(call("event-explain", 400).json("{'colour': 'red'}")));
        assertEquals(
                fields("DeliveryReplayRequest"),
                known(call("deliveries-replay", 400).json("{'colour': 'red'}")));
        assertEquals(
                fields("DeliveryFilter"), known(call("deliveries-replay", 400).json("{'filter': {'colour': 'red'}}")));
        assertEquals(
                fields("DestinationRequest"),
                known(call("destination-pause", 400).json("{'colour': 'red'}")));
        assertEquals(fields("ErasureRequest"), known(call("erasure-open", 400).json("{'colour': 'red'}")));
    }

    @Test
    void theDocumentHasTheWaysToAuthenticateThatTheBundleTakes() throws Exception {
        JsonNode types = DOCUMENT.json().at("/components/schemas/PartnerAuth/discriminator/mapping");
        Set<String> documented = new TreeSet<>();
        types.fieldNames().forEachRemaining(documented::add);
        String unknown = send(call("callback-put", 400).json(auth("{}"))).body();
        String known = unknown.replaceAll("(?s).* with a type: (.*?)\".*", "$1");
        assertEquals(documented, new TreeSet<>(List.of(known.split(", | or "))), unknown);
        for (Map.Entry<String, JsonNode> type : types.properties()) {
            String schema = type.getValue().asText().replace("#/components/schemas/", "");
            String refusal = send(call("callback-put", 400)
                            .json(auth("{'type': '" + type.getKey() + "', 'colour': 'red'}")))
                    .body();
            String fields = refusal.replaceAll("(?s).*it has (.*) and nothing else.*", "$1");
            assertEquals(fields(schema), new TreeSet<>(List.of(fields.split(", "))), refusal);
        }
    }

    private static Set<String> fields(String schema) {
        Set<String> fields = new TreeSet<>();
        DOCUMENT.json()
                .at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    private static Set<String> known(ExampleCall call) throws Exception {
        HttpResponse<String> response = send(call);
        assertEquals(call.status(), response.statusCode(), response.body());
        String[] parts = response.body().split("known are ");
        return parts.length == 1
                ? Set.of()
                : new TreeSet<>(List.of(parts[1].replaceAll("\".*\\s*", "").split(", ")));
    }

    /** So that a log line, which has the route, leads to the document. */
    @Test
    void anOperationIsCalledLikeItsRoute() {
        DOCUMENT.operations()
                .forEach(operation ->
                        assertNotNull(BUNDLES.get(Server.DEMO).context().getRoute(operation.id()), operation.id()));
    }

    @Test
    void theDocumentIsServedAsItIs() throws Exception {
        HttpResponse<String> response = send(call("openapi", 200));
        assertEquals(Files.readString(OpenApi.FILE), response.body());
    }

    private static HttpResponse<String> send(ExampleCall call) throws Exception {
        return send(Server.DEMO, call);
    }

    private static HttpResponse<String> send(Server server, ExampleCall call) throws Exception {
        Bundle bundle = BUNDLES.get(server);
        HttpRequest.Builder request = call.request(bundle.uri("/"));
        if (call.client() != null && server == Server.DEMO) {
            sign(request, call);
        }
        return bundle.send(request);
    }

    private static void sign(HttpRequest.Builder request, ExampleCall call) throws Exception {
        boolean stranger = call.client().equals("stranger");
        String secret = stranger ? "x" : SECRET;
        byte[] body = (call.body() == null ? "" : call.body()).getBytes(StandardCharsets.UTF_8);
        switch (call.scheme()) {
            case "token" -> request.header("Authorization", "Bearer " + token(call.client()));
            case "optum-connections-signature" ->
                request.header("X-Optum-Webhook-Callback-Hmac-Signature", Hmacs.hex(secret, body));
            case "develop-health-jwt" -> request.header("X-Webhook-Secret", Jwts.of(secret));
            case "accessrc-signature" -> request.header("x-signature", "sha256=" + Hmacs.hex(secret, body));
            default -> {} // it says itself who it is, or need not
        }
    }

    private static String token(String client) throws Exception {
        if (!TOKENS.containsKey(client)) {
            HttpResponse<String> response = send(call("token", 200)
                    .json("{'grant_type': 'client_credentials', 'client_id': '" + client + "', 'client_secret': '"
                            + SECRET + "'}"));
            TOKENS.put(client, Bundle.json(response).get("access_token").asText());
        }
        return TOKENS.get(client);
    }
}
