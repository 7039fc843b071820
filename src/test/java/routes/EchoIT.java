package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
import routes.support.Partner;
import routes.support.TestDatabase;

/** A partner tries out its callback: the whole way from its request to its own server and back, on both databases. */
@ParameterizedClass
@EnumSource
class EchoIT {

    private static final String OWN = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c11";
    private static final String OTHER = "11111111-3f5a-4b58-8a8e-9f6f2a1f0c11";
    private static final String STATE = "{'processUniqueId':'p-1','rawBody':{'stateDescription':'Submitted'}}";

    private static Bundle bundle;
    private static String admin;

    private Partner server;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(
                database.create(),
                Map.ofEntries(
                        Map.entry("oauth2.client.admin.secret", Bundle.SECRET_HASH),
                        Map.entry("oauth2.client.admin.scopes", "admin"),
                        Map.entry("oauth2.client.own.secret", Bundle.SECRET_HASH),
                        Map.entry("oauth2.client.own.scopes", "callbacks"),
                        Map.entry("oauth2.client.own.partner", OWN),
                        Map.entry("oauth2.client.other.secret", Bundle.SECRET_HASH),
                        Map.entry("oauth2.client.other.scopes", "callbacks"),
                        Map.entry("oauth2.client.other.partner", OTHER),
                        Map.entry("oauth2.client.named.secret", Bundle.SECRET_HASH),
                        Map.entry("oauth2.client.named.scopes", "callbacks"),
                        Map.entry("oauth2.client.named.partner", "lakeside"),
                        Map.entry("notification-type.7", "Payment"),
                        Map.entry("demo.enabled", "true"), // so that callbacks may go to this machine
                        Map.entry("callback.echo-wait-seconds", "10"),
                        Map.entry("callback.echo-max-waiting", "2")));
        admin = bundle.token("admin");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    @BeforeEach
    void partnersWithCallbacks() throws Exception {
        server = new Partner();
        for (String partner : List.of(OWN, OTHER, "lakeside")) {
            call(admin, "DELETE", "/partners/" + partner, null);
            call(admin, "PUT", "/partners/" + partner, "{}");
        }
        for (String client : List.of("own", "other")) {
            for (int type : List.of(1, 2, 3, 7)) {
                String path = "/" + client + "/" + type;
                HttpResponse<String> created = call(
                        bundle.token(client),
                        "PUT",
                        "/partners/" + (client.equals("own") ? OWN : OTHER) + "/callbacks/" + type,
                        "{\"callbackUrl\": \"" + server.url(path) + "\"}");
                server.secret(path, Bundle.json(created).get("secret").asText());
            }
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | WorkflowStateChange | " + STATE + " | p-1",
                "1 | WorkflowStateChange | {'rawBody':'{\\'stateID\\':20,\\'simulationUniqueID\\':\\'s-1\\'}'} | s-1",
                "2 | Notes    | {'simulationUniqueId':'s-2','rawBody':{'subject':'Missing payslip','text':'é'}} | s-2",
                "3 | Document | {'processUniqueId':'p-3','rawBody':{'documentUniqueId':'d-1','title':null}} | p-3"
            })
    void anEchoReachesThePartnersOwnServerAndNobodyElses(int type, String name, String body, String subject)
            throws Exception {
        HttpResponse<String> response = echo(Integer.toString(type), body);
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answer = Bundle.json(response);
        assertEquals("delivered", answer.get("outcome").asText());
        assertEquals(204, answer.get("status").asInt());
        assertTrue(answer.get("latencyMs").isInt());

        assertEquals(1, server.received().size());
        Partner.Received request = server.received("/own/" + type).get(0);
        assertTrue(request.verified(), "signed with the callback's secret");
        assertEquals(answer.get("deliveryId").asText(), request.id());
        assertEquals(type, request.body().get("notificationTypeID").asInt());
        assertTrue(request.body().get("rawBody").isObject());
        assertEquals(
                subject,
                request.body()
                        .get(subject.startsWith("p") ? "processUniqueId" : "simulationUniqueId")
                        .asText());
        assertEquals(3, request.body().size());

        Map<String, Object> event = event(answer);
        assertEquals("partner-api", event.get("sender"));
        assertEquals(name, event.get("type"));
        assertEquals(subject, event.get("subject"));
        assertEquals(OWN, event.get("tenant"));
        assertEquals("accepted", event.get("state"));
        assertEquals(true, event.get("test"));
        assertEquals(null, event.get("correlation_id"));
        assertArrayEquals(request.bytes(), bundle.payload(event));
        assertEquals(
                List.of("callback/" + OWN + "/" + type),
                bundle.rows("select destination from delivery where event_id = ?", event.get("event_id")).stream()
                        .map(row -> row.get("destination"))
                        .toList());
    }

    @Test
    void everyEchoIsAnEventOfItsOwn() throws Exception {
        String first = Bundle.json(echo("1", STATE)).get("eventId").asText();
        String second = Bundle.json(echo("1", STATE)).get("eventId").asText();
        assertFalse(first.equals(second));
        assertEquals(2, server.received("/own/1").size());
    }

    @Test
    void aServerThatRefusesIsTold() throws Exception {
        server.answers("/own/1", Partner.status(500));
        HttpResponse<String> response = echo("1", STATE);
        assertEquals(200, response.statusCode());
        assertEquals("failed", Bundle.json(response).get("outcome").asText());
        assertEquals(500, Bundle.json(response).get("status").asInt());
        server.answers("/own/1", Partner.nothing());
        JsonNode answer = Bundle.json(echo("1", STATE));
        assertEquals("failed", answer.get("outcome").asText());
        assertTrue(answer.get("status").isNull());
    }

    @Test
    void aServerThatIsTooSlowIsAnswered202AndNoMoreThanAFewMayWait() throws Exception {
        server.answers("/own/1", server.hang());
        List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> {
                            try {
                                return echo("1", STATE);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                .limit(2)
                .toList();
        await().atMost(30, SECONDS).until(() -> server.inProgress("/own/1") == 2);
        String before = bundle.select("select count(*) from event");
        HttpResponse<String> refused = echo("1", STATE);
        assertError(503, "090001", refused);
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        assertEquals(before, bundle.select("select count(*) from event"), "it is refused before it is stored");
        for (CompletableFuture<HttpResponse<String>> answer : waiting) {
            assertEquals(202, answer.join().statusCode(), answer.join().body());
            assertEquals("pending", Bundle.json(answer.join()).get("outcome").asText());
        }
        server.release();
        assertEquals(
                200,
                echo("2", "{'processUniqueId':'p','rawBody':{'subject':'a','text':'b'}}")
                        .statusCode());
    }

    @Test
    void aTypeWithoutARouteIsParked() throws Exception {
        HttpResponse<String> response = echo("7", "{'processUniqueId':'p','rawBody':{}}");
        assertEquals(202, response.statusCode());
        assertEquals("parked", Bundle.json(response).get("outcome").asText());
        assertEquals("parked", event(Bundle.json(response)).get("state"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | {'processUniqueId':'MARKER','simulationUniqueId':'s','rawBody':{'stateID':1}} | exactly one of",
                "1 | {'rawBody':{'stateID':1,'text':'MARKER'}}                         | exactly one of",
                "1 | {'processUniqueId':'p','rawBody':{'state':'MARKER'}}              | not valid: $.rawBody",
                "1 | {'processUniqueId':'p','rawBody':{'stateID':null,'a':'MARKER'}}   | not valid: $.rawBody",
                "1 | {'processUniqueId':'p','rawBody':'MARKER'}                        | not valid: $.rawBody type",
                "1 | {'processUniqueId':'MARKER'}                                      | not valid: $ required rawBody",
                "2 | {'processUniqueId':'p','rawBody':{'subject':'MARKER'}}            | not valid: $.rawBody required text",
                "3 | {'processUniqueId':'p','rawBody':{'documentUniqueId':'','x':'MARKER'}} | not valid: $.rawBody.documentUniqueId minLength",
                "1 | {'processUniqueId':'MARKER                                        | not a JSON object",
                "1 | ['MARKER']                                                        | not a JSON object"
            })
    void whatIsInvalidIsKeptAndRefusedAndNotSent(String type, String body, String reason) throws Exception {
        String marker = "marker-" + UUID.randomUUID();
        HttpResponse<String> response = echo(type, body.replace("MARKER", marker));
        assertError(400, "020001", response);
        String message = Bundle.json(response).get(0).get("message").asText();
        assertTrue(message.startsWith(reason), message);
        assertFalse(response.body().contains(marker));
        Map<String, Object> event = bundle.rows("select * from event order by commit_sequence desc limit 1")
                .get(0);
        assertEquals("quarantined", event.get("state"));
        assertEquals(message, event.get("reason"));
        assertEquals(OWN, event.get("tenant"));
        assertTrue(new String(bundle.payload(event), StandardCharsets.UTF_8).contains(marker));
        assertEquals(List.of(), server.received());
    }

    @Test
    void anotherContentTypeIsKeptAndRefused() throws Exception {
        HttpResponse<String> response =
                bundle.send(HttpRequest.newBuilder(bundle.uri("/partners/" + OWN + "/callbacks/1/echo"))
                        .header("Authorization", "Bearer " + bundle.token("own"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(STATE.replace('\'', '"'))));
        assertError(415, "050702", response);
        assertEquals("quarantined", bundle.select("select state from event order by commit_sequence desc limit 1"));
    }

    @ParameterizedTest
    @CsvSource({
        "own,   " + OWN + ",  x,   400, 020201",
        "own,   " + OWN + ",  8,   400, 020202",
        "named, lakeside,     x,   400, 020102",
        "own,   " + OTHER + ", 1,  403, 010002",
        "own,   " + OWN + ",  1?a=b, 400, 020001"
    })
    void whatIsWrongBesideTheBodyComesFirst(String client, String partner, String type, int status, String code)
            throws Exception {
        String[] parts = type.split("(?=\\?)");
        String path = "/partners/" + partner + "/callbacks/" + parts[0] + "/echo" + (parts.length > 1 ? parts[1] : "");
        assertError(status, code, call(bundle.token(client), "POST", path, "["));
    }

    @Test
    void withoutAnActiveCallbackThereIsNoEcho() throws Exception {
        String path = "/partners/" + OWN + "/callbacks/1";
        call(
                bundle.token("own"),
                "PUT",
                path,
                "{\"callbackUrl\": \"" + server.url("/own/1") + "\", \"enabled\": false}");
        assertError(409, "040201", echo("1", STATE));
        call(bundle.token("own"), "DELETE", path, null);
        assertError(404, "030201", echo("1", STATE));
        call(admin, "DELETE", "/partners/" + OWN, null);
        assertError(404, "030101", echo("1", STATE));
        assertEquals(List.of(), server.received());
    }

    private static Map<String, Object> event(JsonNode answer) {
        return bundle.rows(
                        "select * from event where event_id = ?",
                        UUID.fromString(answer.get("eventId").asText()))
                .get(0);
    }

    private static HttpResponse<String> echo(String type, String body) throws Exception {
        return call(
                bundle.token("own"),
                "POST",
                "/partners/" + OWN.toUpperCase(Locale.ROOT) + "/callbacks/" + type + "/echo",
                body.replace('\'', '"'));
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static void assertError(int status, String code, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, Bundle.json(response).get(0).get("code").asText(), response.body());
    }
}
