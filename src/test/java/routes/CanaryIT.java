package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.ConsoleClient;
import routes.support.ExampleCall;
import routes.support.Hmacs;
import routes.support.Jvm;
import routes.support.Jwts;
import routes.support.KafkaBroker;
import routes.support.OpenApi;
import routes.support.OpenApi.Operation;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;
import routes.support.TraceSink;

/**
 * Marked values go through every route and every failure, and none comes out where it does not belong: the log at TRACE, health, metrics, traces, text
 * columns of the inbox, Kafka headers, answers.
 */
class CanaryIT {

    /** In every text of a payload that is no id, type, state or time. */
    private static final String PERSON = "Canary7person";
    /** In every id of a payload: the subject is metadata, and goes where that goes, but not into the log. */
    private static final String ID = "Canary7id";
    /** In what is secret. */
    private static final String SECRET = "Canary7secret-0123456789";

    /** What the senders sign with. */
    private static final String INBOUND = "Canary7inbound-0123456789";

    private static final List<String> MARKS = List.of(PERSON, ID, SECRET, INBOUND);

    private static final List<String> SENDERS =
            List.of("coverage-discovery", "develop-health", "optum-connections", "accessrc");
    private static final Set<String> KEPT = Set.of(
            "type",
            "status",
            "event_type",
            "outcome",
            "specversion",
            "direction",
            "requestType",
            "datacontenttype",
            "source",
            "causationId"); // a correlation id, which log lines have

    private static final Properties SETTINGS = Bundle.settings(TestDatabase.POSTGRESQL.create());
    private static final Properties BUSINESS = TestDatabase.POSTGRESQL.create();
    private static final List<HttpResponse<String>> ANSWERS = new ArrayList<>();
    private static final List<String> TOKENS = new ArrayList<>();

    private static KafkaBroker broker;
    private static Partner partner;
    private static TraceSink traces;
    private static BundleProcess bundle;
    private static String log;

    @BeforeAll
    static void drive() throws Exception {
        broker = new KafkaBroker().start();
        partner = new Partner();
        traces = new TraceSink();
        SETTINGS.putAll(traces.settings());
        SETTINGS.putAll(Registry.clients(List.of("p1", "p2")));
        SETTINGS.putAll(SignedPost.settings());
        SETTINGS.put(
                "sender.accessrc.form-file",
                Path.of("samples/accessrc/form/application-form.json")
                        .toAbsolutePath()
                        .toString());
        for (String secrets : List.of("develop-health.secrets", "optum-connections.secrets", "accessrc.secrets")) {
            SETTINGS.put("sender." + secrets, INBOUND);
        }
        TOKENS.add(SETTINGS.getProperty("sealing.keys").substring(2));
        TOKENS.add(Bundle.SECRET_HASH.replaceFirst(".*[$]", ""));
        SETTINGS.put("oauth2.client.operator.scopes", "operations payloads admin callbacks");
        SETTINGS.put("console.enabled", "true");
        SETTINGS.put("kafka.brokers", broker.bootstrap());
        for (String sender : List.of("develop-health", "optum-connections", "accessrc")) {
            SETTINGS.put("sender." + sender + ".tenant", Bundle.TENANT);
        }
        SETTINGS.put("jdbc.url", BUSINESS.get("database.url"));
        SETTINGS.put("jdbc.user", BUSINESS.get("database.user"));
        SETTINGS.put("jdbc.password", BUSINESS.get("database.password"));
        SETTINGS.put("delivery.retry-schedule", "1s, 1s");
        SETTINGS.put("callback.retry-schedule", "1s, 1s");
        SETTINGS.put("callback.circuit-failures", "100000"); // nobody is left alone
        SETTINGS.put("callback.slow-retry", "1s");
        SETTINGS.put("delivery.lease-seconds", "5");
        SETTINGS.put("delivery.attempt-seconds", "4");
        SETTINGS.put("retention.sweep-seconds", "1");
        SETTINGS.put("erasure.sweep-seconds", "1");
        bundle = BundleProcess.start("canary", SETTINGS, Jvm.QUICK.with("-Dlog.level=trace", "-Xmx512m"));
        partners();
        for (Path file : SignedPost.fixtures()) {
            post(file, marked(file));
        }
        spoilt();
        strangers();
        refusedByTheDatabases();
        operators();
        console();
        everyOperation();
        bundle.awaitDeliveries(Duration.ofMinutes(2));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> select(SETTINGS, "select 1 from erasure where state <> 'done'")
                        .isEmpty());
        send("GET", "/events?limit=100&delivery=dead", "operator", null);
        log = bundle.output();
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
        traces.close();
        partner.close();
        broker.close();
    }

    /** One is told of all events, and fails in ways of its own; the other has a token endpoint that tells what it was asked. */
    private static void partners() throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        List<String> senders = SENDERS;
        partner.answers(
                "/p1/1",
                Partner.json(500, "{\"error\": \"" + PERSON + "\"}"),
                Partner.redirect("/" + PERSON),
                Partner.nothing(),
                Partner.json(400, "{\"error\": \"" + SECRET + "\"}"),
                Partner.status(204));
        for (String name : List.of("p1", "p2")) {
            registry.grantAll(name, senders);
        }
        for (int type = 1; type <= 3; type++) {
            ObjectNode body = Bundle.JSON.createObjectNode().put("callbackUrl", partner.url("/p1/" + type));
            body.put(
                    "format", List.of("notification", "original", "cloudevents").get(type - 1));
            body.putObject("auth").put("type", "basic").put("username", "us").put("password", SECRET);
            body.putObject("headers").put("x-more", SECRET);
            TOKENS.add(registry.put("p1", type, body).get("secret").asText().replace("whsec_", ""));
        }
        partner.answers("/token", Partner.json(400, "{\"error\": \"" + SECRET + "\"}"));
        ObjectNode body = Bundle.JSON.createObjectNode().put("callbackUrl", partner.url("/p2"));
        body.putObject("auth")
                .put("type", "oauth2")
                .put("tokenUrl", partner.url("/token"))
                .put("clientId", "us")
                .put("clientSecret", SECRET);
        registry.put("p2", 1, body);
        send("PUT", "/partners/p1/callbacks/1", "p1", "{\"callbackUrl\": \"https://" + SECRET + "@partner.example/\"}");
        send("PUT", "/partners/p1/callbacks/1", "p1", "{\"auth\": {\"type\": \"" + SECRET + "\"}}");
        send(
                "POST",
                "/partners/p1/callbacks/1/echo",
                "p1",
                "{\"notificationTypeID\": 1, \"processUniqueId\": \"" + ID
                        + "\", \"rawBody\": {\"stateDescription\": \"" + PERSON + "\"}}");
    }

    /** What is marked stays what it is otherwise. */
    private static byte[] marked(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return Bundle.JSON.writeValueAsBytes(marked("", Bundle.JSON.readTree(bytes)));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return (new String(bytes, StandardCharsets.ISO_8859_1) + PERSON).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static JsonNode marked(String name, JsonNode node) {
        if (node.isTextual() && !KEPT.contains(name) && !node.textValue().matches("\\d{4}-.*|")) {
            boolean id = name.toLowerCase(Locale.ROOT).endsWith("id");
            return TextNode.valueOf(node.textValue() + (id ? ID : PERSON));
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> object.set(field, marked(field, object.get(field))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, marked(name, array.get(i)));
            }
        }
        return node;
    }

    private static void post(Path file, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(SignedPost.path(file)));
        SignedPost.headers(file)
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().textValue()));
        sign(request, SignedPost.sender(file), body);
        ANSWERS.add(bundle.send(request.POST(BodyPublishers.ofByteArray(body))));
    }

    private static void sign(HttpRequest.Builder request, String sender, byte[] body) throws Exception {
        switch (sender) {
            case "coverage-discovery" -> request.header("Authorization", "Bearer " + token("optum"));
            case "develop-health" -> request.header("X-Webhook-Secret", jwt());
            case "optum-connections" ->
                request.header("X-Optum-Webhook-Callback-Hmac-Signature", Hmacs.hex(INBOUND, body));
            default -> request.header("x-signature", "sha256=" + Hmacs.hex(INBOUND, body));
        }
    }

    private static String jwt() throws Exception {
        String jwt = Jwts.of(INBOUND);
        TOKENS.add(jwt.substring(jwt.lastIndexOf('.') + 1));
        return jwt;
    }

    private static final Map<String, String> ISSUED = new java.util.HashMap<>();

    private static String token(String client) throws Exception {
        if (!ISSUED.containsKey(client)) {
            ISSUED.put(client, bundle.token(client));
            TOKENS.add(ISSUED.get(client).replaceFirst(".*\\.", ""));
        }
        return ISSUED.get(client);
    }

    /** Signed well, and nothing that can be used: by its bytes, its type, its query. */
    private static void spoilt() throws Exception {
        String task = "{\"id\": \"" + ID + "\", \"name\": \"" + PERSON;
        for (String sender : SENDERS) {
            String path = "/webhooks/" + sender + (sender.equals("accessrc") ? "/" + ID : "");
            for (String body :
                    List.of(task, task + "\"", task + "\"}", task + "\u0000\"}", "\"" + PERSON + "\"", PERSON)) {
                raw(path, sender, "application/json", body.getBytes(StandardCharsets.UTF_8));
            }
            raw(path, sender, "application/json", (task + "\u00ff\"}").getBytes(StandardCharsets.ISO_8859_1));
            raw(path, sender, "application/json", (task + "\"}").getBytes(StandardCharsets.UTF_16));
            raw(path, sender, "text/" + PERSON, (task + "\"}").getBytes(StandardCharsets.UTF_8));
            raw(path, sender, "application/json; charset=" + PERSON, (task + "\"}").getBytes(StandardCharsets.UTF_8));
            raw(
                    path,
                    sender,
                    "application/x-www-form-urlencoded",
                    (PERSON + "=" + PERSON).getBytes(StandardCharsets.UTF_8));
            raw(
                    path + "?" + PERSON + "=" + PERSON,
                    sender,
                    "application/json",
                    (task + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void raw(String path, String sender, String contentType, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path)).header("Content-Type", contentType);
        sign(request, sender, body);
        ANSWERS.add(
                bundle.send(request.header("x-optum-tenant-id", Bundle.TENANT).POST(BodyPublishers.ofByteArray(body))));
    }

    /** Who is not let in, or asks for what is not there. */
    private static void strangers() throws Exception {
        String body = "{\"name\": \"" + PERSON + "\"}";
        for (String path : List.of(
                "/webhooks/coverage-discovery",
                "/webhooks/develop-health",
                "/webhooks/optum-connections",
                "/webhooks/accessrc/x",
                "/events",
                "/" + PERSON,
                "/events/" + PERSON)) {
            ANSWERS.add(bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + SECRET)
                    .header("X-Webhook-Secret", SECRET)
                    .header("X-Optum-Webhook-Callback-Hmac-Signature", SECRET)
                    .header("x-signature", SECRET)
                    .header("kafka.KEY", PERSON)
                    .header("CamelHttpUri", "http://" + PERSON)
                    .header("X-Forwarded-For", PERSON)
                    .POST(BodyPublishers.ofString(body))));
        }
        for (String form : List.of(
                "grant_type=client_credentials&client_id=" + PERSON + "&client_secret=" + SECRET,
                "grant_type=client_credentials&client_id=optum&client_secret=" + SECRET,
                "grant_type=" + PERSON,
                "grant_type=client_credentials&client_id=optum&client_secret=" + Bundle.SECRET + "&scope=" + PERSON,
                "%zz" + PERSON)) {
            ANSWERS.add(bundle.send(HttpRequest.newBuilder(bundle.uri("/oauth2/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))));
        }
        String basic = Base64.getEncoder().encodeToString(("optum:" + SECRET).getBytes(StandardCharsets.UTF_8));
        ANSWERS.add(bundle.send(HttpRequest.newBuilder(bundle.uri("/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"grant_type\": \"" + SECRET))));
    }

    /** PostgreSQL quotes the row that it refuses. */
    private static void refusedByTheDatabases() throws Exception {
        execute(
                BUSINESS,
                "alter table prior_authorization add constraint refused check (status = 'nothing') not valid");
        execute(BUSINESS, "alter table payment rename to away");
        execute(SETTINGS, "alter table event add constraint refused check (subject not like '%refuse%') not valid");
        for (Path file : SignedPost.fixtures()) {
            if (file.toString().contains("/valid/")) {
                post(
                        file,
                        new String(marked(file), StandardCharsets.UTF_8)
                                .replace(ID, "x" + ID)
                                .getBytes(StandardCharsets.UTF_8));
                post(
                        file,
                        new String(marked(file), StandardCharsets.UTF_8)
                                .replace(ID, "refuse" + ID)
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void operators() throws Exception {
        send("GET", "/events?limit=100", "operator", null);
        send("GET", "/events?" + PERSON + "=x", "operator", null);
        send("GET", "/events?from=" + PERSON, "operator", null);
        send("GET", "/events?state=" + PERSON, "operator", null);
        send(
                "POST",
                "/events/explain",
                "operator",
                "{\"sender\": \"develop-health\", \"body\": {\"x\": \"" + PERSON + "\"}}");
        send("POST", "/events/explain", "operator", "{\"sender\": \"" + PERSON + "\", \"body\": \"" + PERSON + "\"}");
        send("POST", "/events/explain", "operator", PERSON);
        send(
                "POST",
                "/events/import/optum-connections",
                "operator",
                "{\"items\": [{\"eventPayload\": \"" + PERSON + "\"}]}");
        for (String state : List.of("accepted", "parked", "quarantined")) {
            String id = select(SETTINGS, "select event_id from event where state = '" + state + "' limit 1")
                    .get(0);
            send("POST", "/events/" + id + "/replay", "operator", null);
            // the body of this answer is the payload; who reads it is written down
            assertEquals(
                    200,
                    bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + id + "/payload?reason=test"))
                                    .header("Authorization", "Bearer " + token("operator")))
                            .statusCode());
            send("POST", "/erasures", "operator", "{\"event\": \"" + id + "\", \"reason\": \"test\"}");
        }
        send("POST", "/events/replay", "operator", "{\"filter\": {\"state\": \"quarantined\"}, \"preview\": false}");
        send("POST", "/deliveries/replay", "operator", "{\"filter\": {\"state\": \"dead\"}, \"preview\": false}");
        send("GET", "/deliveries?limit=100", "operator", null);
        send("GET", "/events/" + UUID.randomUUID() + "?" + PERSON, "operator", null);
    }

    /** Its pages, as somebody sees them who may all; what a session is made of is as secret as a token. */
    private static void console() throws Exception {
        ConsoleClient console = new ConsoleClient(bundle.uri("/"));
        ANSWERS.add(console.login("operator", SECRET));
        ANSWERS.add(console.login(PERSON, SECRET, "Origin", "https://" + PERSON));
        ANSWERS.add(console.login(PERSON, SECRET));
        console.as("operator");
        TOKENS.add(console.cookie.replaceFirst(".*\\.", ""));
        TOKENS.add(console.csrf);
        String event = select(
                        SETTINGS, "select event_id from event where state = 'accepted' and length(payload) > 0 limit 1")
                .get(0);
        for (String page : List.of(
                "",
                "/events?limit=100",
                "/events?delivery=dead",
                "/events/" + event,
                "/events/" + PERSON,
                "/events?from=" + PERSON,
                "/deliveries",
                "/replays",
                "/callbacks",
                "/destinations",
                "/login?to=/console/" + PERSON)) {
            HttpResponse<String> answer = console.get("/console" + page);
            if (page.contains("login")) {
                assertEquals(200, answer.statusCode()); // it has what it was asked
            } else {
                ANSWERS.add(answer);
            }
        }
        ANSWERS.add(console.post("/console/events/replay", Map.of("state", "parked", "preview", "false")));
        ANSWERS.add(console.post("/console/events/replay", Map.of(PERSON, SECRET)));
        ANSWERS.add(console.post("/console/deliveries/replay", Map.of("state", "dead")));
        ANSWERS.add(console.post("/console/destinations/pause", Map.of("destination", PERSON)));
        ANSWERS.add(console.post("/console/events/" + event + "/replay", Map.of("csrf", SECRET)));
        ANSWERS.add(console.post("/console/events/" + event + "/replay", Map.of()));
        // the payload: not among the answers
        HttpResponse<String> payload = console.post("/console/events/" + event + "/payload", Map.of("reason", "test"));
        assertTrue(payload.statusCode() == 200 && payload.body().contains(PERSON), payload.body());
    }

    /** By the examples of the document; some of the answers have secrets. */
    private static void everyOperation() throws Exception {
        for (Operation operation : OpenApi.read().operations()) {
            HttpResponse<String> answer = bundle.send(new ExampleCall(operation, 0)
                    .filtered()
                    .request(bundle.uri("/"))
                    .header("Authorization", "Bearer " + token("operator")));
            ANSWERS.add(answer);
            Matcher secret = Pattern.compile("\"secret\" : \"(.*?)\"").matcher(answer.body());
            secret.results().forEach(found -> TOKENS.add(found.group(1)));
        }
    }

    private static void send(String method, String path, String client, String body) throws Exception {
        ANSWERS.add(bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                .header("Authorization", "Bearer " + token(client))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))));
    }

    private static void execute(Properties database, String sql) throws SQLException {
        try (Connection connection = connection(database)) {
            connection.createStatement().execute(sql);
        }
    }

    private static Connection connection(Properties database) throws SQLException {
        return DriverManager.getConnection(
                database.getProperty("database.url"),
                database.getProperty("database.user"),
                database.getProperty("database.password"));
    }

    /** All columns of all rows, each as text; bytes as Latin-1. */
    private static List<String> select(Properties database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connection(database);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    values.add(
                            value instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                                    : String.valueOf(value));
                }
            }
        }
        return values;
    }

    /** So that the other tests look at something. */
    @Test
    void everyKindOfEndIsThere() throws Exception {
        for (String state : List.of("accepted", "parked", "quarantined")) {
            assertFalse(
                    select(SETTINGS, "select 1 from event where state = '" + state + "'")
                            .isEmpty(),
                    state);
        }
        for (String sender : SENDERS) {
            assertFalse(
                    select(
                                    SETTINGS,
                                    "select 1 from delivery join event using (event_id) where sender = '" + sender
                                            + "'")
                            .isEmpty(),
                    sender);
        }
        for (String kind : List.of("jdbc", "callback", "kafka")) {
            for (String state : kind.equals("kafka") ? List.of("delivered") : List.of("delivered", "dead")) {
                assertFalse(
                        select(
                                        SETTINGS,
                                        "select 1 from delivery where state = '" + state + "' and destination like '"
                                                + kind + "/%'")
                                .isEmpty(),
                        kind + " " + state);
            }
        }
        assertFalse(select(SETTINGS, "select 1 from event where reason like 'refused by the database%'")
                .isEmpty());
        assertFalse(
                select(SETTINGS, "select 1 from erasure where state = 'done'").isEmpty());
        assertFalse(select(SETTINGS, "select 1 from audit where action = 'create client'")
                .isEmpty());
        assertTrue(log.contains(" TRACE "), "not at TRACE");
        assertTrue(partner.received().stream().anyMatch(request -> text(request).contains(PERSON)));
    }

    @Test
    void theLogHasNothing() {
        List<String> found = log.lines()
                .filter(line -> Stream.concat(MARKS.stream(), TOKENS.stream()).anyMatch(line::contains))
                .map(line -> line.length() > 400 ? line.substring(0, 400) : line)
                .limit(20)
                .toList();
        assertEquals(List.of(), found);
    }

    @Test
    void noAnswerHasMoreThanMetadata() {
        for (HttpResponse<String> answer : ANSWERS) {
            String told = answer.headers().map() + answer.body();
            assertFalse(told.contains(PERSON) || told.contains(SECRET), () -> answer.uri() + told);
            if (answer.statusCode() / 100 != 2) {
                assertFalse(told.contains(ID), () -> answer.uri() + told);
            }
        }
    }

    /** Beside the subject, which events and deliveries are found by, and the payload, which is sealed. */
    @Test
    void theInboxHasNothing() throws SQLException {
        for (String table :
                select(SETTINGS, "select table_name from information_schema.tables where table_schema = 'public'")) {
            for (String column : select(
                    SETTINGS,
                    "select column_name from information_schema.columns where table_name = '" + table + "'")) {
                for (String value : select(SETTINGS, "select distinct " + column + " from " + table)) {
                    assertFalse(
                            value.contains(PERSON) || value.contains(SECRET),
                            () -> table + "." + column + ": " + value);
                    if (!Set.of("event.subject", "event.correlation_id", "erasure.subject", "event.type")
                            .contains(table + "." + column)) {
                        assertFalse(value.contains(ID), () -> table + "." + column + ": " + value);
                    }
                }
            }
        }
    }

    @Test
    void healthAndMetricsHaveNothing() throws Exception {
        for (String path : List.of("health", "health/ready", "health/live", "metrics")) {
            URI uri = URI.create("http://127.0.0.1:" + SETTINGS.getProperty("management.port") + "/observe/" + path);
            HttpResponse<String> answer = bundle.send(HttpRequest.newBuilder(uri));
            assertEquals(200, answer.statusCode(), path);
            assertFalse(answer.body().contains("Canary7"), path);
        }
    }

    @Test
    void tracesHaveNothing() throws Exception {
        assertTrue(traces.spans().stream()
                .anyMatch(span -> "dead".equals(span.attributes().get("webhook.outcome"))));
        String told = traces.text();
        for (String mark : Stream.concat(MARKS.stream(), TOKENS.stream()).toList()) {
            assertFalse(told.contains(mark), mark);
        }
    }

    @Test
    void recordsHaveTheSubjectOnlyBesideThePayload() {
        for (String sender : SENDERS) {
            List<ConsumerRecord<String, byte[]>> records = broker.records("webhooks." + sender, 1);
            for (ConsumerRecord<String, byte[]> record : records) {
                record.headers().forEach(header -> {
                    String value = new String(header.value(), StandardCharsets.UTF_8);
                    assertFalse(value.contains(PERSON) || value.contains(SECRET), header.key());
                    assertTrue(header.key().equals("ce_subject") || !value.contains(ID), header.key());
                });
            }
        }
    }

    @Test
    void aNotificationHasTheSubjectOnly() throws Exception {
        for (Partner.Received request : partner.received("/p1/1")) {
            assertFalse(text(request).contains(PERSON) && !text(request).contains("partner-api"), text(request));
        }
        for (Partner.Received request : partner.received()) {
            assertFalse(request.headers().map().toString().contains(PERSON));
        }
    }

    private static String text(Partner.Received request) {
        return new String(request.bytes(), StandardCharsets.UTF_8);
    }
}
