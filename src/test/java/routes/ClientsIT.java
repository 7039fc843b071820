package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/** Clients that are made by API, on both databases. */
@ParameterizedClass
@EnumSource
class ClientsIT {

    private static TestRegistry registry;
    private static String admin;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        registry = TestRegistry.start(database);
        admin = registry.bundle().token("admin");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void noClients() {
        registry.bundle().execute("delete from client");
        registry.bundle().execute("delete from audit");
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return registry.call(admin, method, "/clients" + path, body == null ? null : json(body));
    }

    private static JsonNode ok(int status, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        return Bundle.json(response);
    }

    private static HttpResponse<String> ask(String id, String secret) throws Exception {
        return registry.bundle()
                .send(HttpRequest.newBuilder(registry.bundle().uri("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret)));
    }

    private static String token(String id, String secret) throws Exception {
        return ok(200, ask(id, secret)).get("access_token").asText();
    }

    private static String create(String body) throws Exception {
        return ok(201, call("POST", "", body)).get("secret").asText();
    }

    /** A client without a secret: hashing one takes time. */
    private static void insert(String id) {
        registry.bundle()
                .execute(
                        "insert into client (client_id, secret_hash, scopes, tenants)"
                                + " values (?, 'x', cast(array[] as varchar(64) array), cast(array[] as varchar(200) array))",
                        id);
    }

    private static int events(String token) throws Exception {
        return registry.call(token, "GET", "/events", null).statusCode();
    }

    private static void awaitRefused(String token) {
        await().atMost(Duration.ofSeconds(30)).until(() -> events(token), status -> status == 401);
    }

    @Test
    void aClientGetsTokensForWhatItMayDoAndNothingElse() throws Exception {
        JsonNode made = ok(
                201,
                call(
                        "POST",
                        "",
                        "{'id':'optum-2','name':'Optum','scopes':['coverage-discovery'],'tenants':['tenant-1'],'partner':'P'}"));
        String secret = made.get("secret").asText();
        assertTrue(secret.matches("[A-Za-z0-9_-]{43}"), "32 bytes");
        assertEquals("api", made.get("source").asText());
        String token = token("optum-2", secret);
        assertEquals(
                204,
                registry.bundle()
                        .post(token, Fixtures.failedTask(UUID.randomUUID()))
                        .statusCode());
        assertEquals(403, events(token));
        assertEquals(401, ask("optum-2", secret + "x").statusCode());
        assertEquals(
                List.of("admin create client: created, partner null -> P, scope added coverage-discovery, name changed,"
                        + " tenant added tenant-1"),
                registry.audit("client optum-2"));
    }

    @Test
    void theSecretIsShownOnceAndOnlyAHashIsStored() throws Exception {
        String secret = create("{'id':'one','scopes':['operations']}");
        String stored = registry.bundle().select("select secret_hash from client");
        assertTrue(stored.startsWith("pbkdf2-sha256$"));
        assertFalse(stored.contains(secret));
        assertFalse(call("GET", "/one", null).body().contains("secret\""));
        assertFalse(call("GET", "", null).body().contains(secret));
        assertFalse(ok(200, call("PUT", "/one", "{'scopes':['operations']}")).has("secret"));
    }

    @Test
    void allClientsAreListedByTheirIdsAndInParts() throws Exception {
        create("{'id':'aaa'}");
        HttpResponse<String> all = call("GET", "?limit=100", null);
        List<String> ids = new ArrayList<>();
        ok(200, all).get("clients").forEach(client -> ids.add(client.get("id").asText()));
        assertEquals(ids.stream().sorted().toList(), ids);
        assertTrue(ids.containsAll(List.of("aaa", "admin", "optum")));
        assertEquals(
                Integer.toString(ids.size()),
                all.headers().firstValue("X-Total-Count").orElse(""));
        JsonNode second = ok(200, call("GET", "?offset=1&limit=1", null)).get("clients");
        assertEquals(1, second.size());
        assertEquals("admin", second.get(0).get("id").asText());
        assertEquals("properties", second.get(0).get("source").asText());
    }

    @Test
    void aChangeEndsTheTokensThatSaySomethingElse() throws Exception {
        String secret = create("{'id':'one','scopes':['operations']}");
        String token = token("one", secret);
        assertEquals(200, events(token));
        ok(200, call("PUT", "/one", "{'name':'One','scopes':['operations']}"));
        Instant named = Instant.now();
        await().pollDelay(Duration.ofMillis(1500)).until(() -> Instant.now().isAfter(named));
        assertEquals(200, events(token), "a name is no reason");

        ok(200, call("PUT", "/one", "{'scopes':['operations','payloads']}"));
        awaitRefused(token);
        assertEquals(200, events(token("one", secret)), "a new one is good at once");
        assertEquals(
                List.of("admin put client: name changed", "admin put client: scope added payloads, name changed"),
                registry.audit("client one").subList(1, 3));
    }

    @Test
    void aClientThatIsDisabledOrRemovedGetsNoTokensAndItsTokensEnd() throws Exception {
        String secret = create("{'id':'one','scopes':['operations']}");
        // what was made less than ten seconds ago might be something of which nobody has read yet
        registry.bundle().execute("update client set tokens_since = tokens_since - interval '1' minute");
        String token = token("one", secret);
        await().atMost(Duration.ofSeconds(30)).until(() -> events(token), status -> status == 200);
        ok(200, call("PUT", "/one", "{'scopes':['operations'],'disabled':true}"));
        assertEquals(401, ask("one", secret).statusCode(), "though its credentials were right a moment ago");
        awaitRefused(token);

        JsonNode put = ok(200, call("PUT", "/one", "{'scopes':['operations'],'name':'One'}"));
        assertTrue(put.get("disabled").asBoolean(), "who does not speak of it does not let it in again");
        assertEquals(401, ask("one", secret).statusCode());

        ok(200, call("PUT", "/one", "{'scopes':['operations'],'disabled':false}"));
        registry.bundle().execute("update client set tokens_since = tokens_since - interval '1' minute");
        String other = token("one", secret);
        await().atMost(Duration.ofSeconds(30)).until(() -> events(other), status -> status == 200);
        assertEquals(204, call("DELETE", "/one", null).statusCode());
        assertEquals(401, ask("one", secret).statusCode());
        awaitRefused(other);
        assertEquals(404, call("GET", "/one", null).statusCode());
    }

    /** The transaction of a change may be older than the change before, for which it waited. */
    @Test
    void theTimeFromWhichTokensAreGoodGoesForwardOnly() throws Exception {
        create("{'id':'one'}");
        registry.bundle().execute("update client set tokens_since = timestamp with time zone '2099-01-01 00:00:00+00'");
        ok(200, call("PUT", "/one", "{'scopes':['operations']}"));
        assertEquals(
                "1",
                registry.bundle()
                        .select("select count(*) from client"
                                + " where tokens_since > timestamp with time zone '2099-01-01 00:00:00+00'"
                                + " and tokens_since < timestamp with time zone '2099-01-01 00:00:01+00'"));
    }

    @Test
    void ofManyTenantsTheAuditNamesSome() throws Exception {
        create("{'id':'one'}");
        String tenants = IntStream.range(10, 25).mapToObj(i -> "'t" + i + "'").collect(Collectors.joining(","));
        ok(200, call("PUT", "/one", "{'disabled':true,'scopes':['operations'],'tenants':[" + tenants + "]}"));
        String audit = registry.audit("client one").get(1);
        assertTrue(audit.startsWith("admin put client: disabled, scope added operations, tenant added t10, "), audit);
        assertTrue(audit.endsWith("tenant added t19, tenant added besides: 5"), audit);
    }

    @Test
    void bothSecretsAreGoodUntilTheOverlapEnds() throws Exception {
        String first = create("{'id':'one','scopes':['operations']}");
        String token = token("one", first);
        JsonNode rotated = ok(200, call("POST", "/one/rotate-secret", null));
        String second = rotated.get("secret").asText();
        Duration overlap = Duration.between(
                Instant.now(), Instant.parse(rotated.get("previousSecretUntil").asText()));
        assertTrue(overlap.compareTo(Duration.ofHours(23)) > 0 && overlap.compareTo(Duration.ofHours(25)) < 0);
        assertNotEquals(first, second);
        assertEquals(200, ask("one", first).statusCode());
        assertEquals(200, ask("one", second).statusCode());

        String third = ok(200, call("POST", "/one/rotate-secret", "{'overlapSeconds':1}"))
                .get("secret")
                .asText();
        assertEquals(401, ask("one", first).statusCode(), "two at the most");
        assertEquals(200, ask("one", third).statusCode());
        await().atMost(Duration.ofSeconds(20)).until(() -> ask("one", second).statusCode(), status -> status == 401);
        assertEquals(200, events(token), "the token outlives an overlap");

        JsonNode leaked = ok(200, call("POST", "/one/rotate-secret", "{'overlapSeconds':0}"));
        assertTrue(leaked.get("previousSecretUntil").isNull());
        assertEquals(401, ask("one", third).statusCode());
        awaitRefused(token);
        assertEquals(
                "admin rotate secret: secret rotated, overlap 0 s",
                registry.audit("client one").get(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   |                   | {'scopes':[]}                             | 400 | invalid_request",
                "POST   |                   | {'id':'a b'}                              | 400 | invalid_request",
                "POST   |                   | {'id':'a','scopes':['root']}              | 400 | invalid_request",
                "POST   |                   | {'id':'a','scopes':'admin'}               | 400 | invalid_request",
                "POST   |                   | {'id':'a','scopes':[1]}                   | 400 | invalid_request",
                "POST   |                   | {'id':'a','tenants':['']}                 | 400 | invalid_request",
                "POST   |                   | {'id':'a','tenants':[' b']}               | 400 | invalid_request",
                "POST   |                   | {'id':'a','tenants':['b,c']}              | 400 | invalid_request",
                "POST   |                   | {'id':'a','tenants':['b\\u0007c']}         | 400 | invalid_request",
                "POST   |                   | {'id':'a','partner':'..'}                 | 400 | invalid_request",
                "POST   |                   | {'id':'a','secret':'mine'}                | 400 | invalid_request",
                "POST   |                   | {'id':'a','name':1}                       | 400 | invalid_request",
                "POST   |                   | [                                         | 400 | invalid_request",
                "POST   |                   | {'id':'there'}                            | 409 | client_exists",
                "POST   |                   | {'id':'optum'}                            | 409 | client_of_properties",
                "PUT    | /optum            | {'scopes':['admin']}                      | 409 | client_of_properties",
                "PUT    | /missing           | {'scopes':['admin']}                      | 404 | not_found",
                "PUT    | /there            | {'id':'there'}                            | 400 | invalid_request",
                "PUT    | /there            | {'disabled':'yes'}                        | 400 | invalid_request",
                "DELETE | /optum            |                                           | 409 | client_of_properties",
                "DELETE | /missing           |                                           | 404 | not_found",
                "GET    | /missing           |                                           | 404 | not_found",
                "GET    | ?limit=0          |                                           | 400 | invalid_request",
                "POST   | /optum/rotate-secret  |                                       | 409 | client_of_properties",
                "POST   | /missing/rotate-secret |                                       | 404 | not_found",
                "POST   | /there/rotate-secret  | {'overlapSeconds':-1}                 | 400 | invalid_request",
                "POST   | /there/rotate-secret  | {'overlapSeconds':604801}             | 400 | invalid_request"
            })
    void whatCannotBeDoneIsRefusedAndChangesNothing(String method, String path, String body, int status, String error)
            throws Exception {
        insert("there");
        HttpResponse<String> response = call(method, path == null ? "" : path, body);
        assertEquals(error, ok(status, response).get("error").asText());
        assertEquals("1", registry.bundle().select("select count(*) from client"));
        assertEquals("0", registry.bundle().select("select count(*) from audit"));
    }

    /** What counts is how long they make a token: a letter may be several bytes. */
    @Test
    void tenantsThatFitIntoATokenAreTakenAndMoreAreRefused() throws Exception {
        String secret = create("{'id':'one','scopes':['operations'],'tenants':[" + tenants(11) + "]}");
        assertEquals(200, events(token("one", secret)));
        HttpResponse<String> more = call("PUT", "/one", "{'scopes':['operations'],'tenants':[" + tenants(12) + "]}");
        assertTrue(ok(400, more).get("error_description").asText().contains("do not fit into a token"), more.body());
    }

    /** So many, of 199 letters or 396 bytes each. */
    private static String tenants(int count) {
        return IntStream.range(10, 10 + count)
                .mapToObj(i -> "'" + "\u00fc".repeat(197) + i + "'")
                .collect(Collectors.joining(","));
    }

    @Test
    void moreClientsThanThereMayBeAreRefused() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            insert("c" + i);
        }
        assertEquals(
                "too_many_clients",
                ok(409, call("POST", "", "{'id':'a'}")).get("error").asText());
        assertEquals("1000", registry.bundle().select("select count(*) from client"));
    }
}
