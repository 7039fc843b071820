package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.junit.jupiter.params.provider.ValueSource;
import routes.registry.Callbacks;
import routes.registry.Callbacks.Callback;
import routes.support.Bundle;
import routes.support.TestDatabase;

/** Partners and callbacks over HTTP, on both databases: who may, what is stored, and what every mistake is answered. */
@ParameterizedClass
@EnumSource
class RegistryIT {

    private static final String OWN = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c11";
    private static final String URL = "https://partner.example/hook";

    private static Bundle bundle;
    private static String admin;
    private static String partner;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(
                database.create(),
                Map.of(
                        "oauth2.client.admin.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.admin.scopes",
                        "admin",
                        "oauth2.client.partner.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.partner.scopes",
                        "callbacks",
                        "oauth2.client.partner.partner",
                        OWN.toUpperCase(Locale.ROOT),
                        "oauth2.client.nobody.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.nobody.scopes",
                        "callbacks",
                        "notification-type.7",
                        "Payment"));
        admin = bundle.token("admin");
        partner = bundle.token("partner");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    @BeforeEach
    void aPartnerWithoutCallbacks() throws Exception {
        call(admin, "DELETE", "/partners/" + OWN, null);
        bundle.database().with(handle -> handle.execute("delete from audit"));
        assertEquals(200, putPartner(OWN, "{\"name\": \"Lakeside Brokers\"}").statusCode());
    }

    // --- partners
    // -----------------------------------------------------------------------------------------------------

    @Test
    void aPartnerIsCreatedReplacedShownAndRemoved() throws Exception {
        String id = "broker.1_x-" + UUID.randomUUID().toString().substring(0, 8);
        assertError(404, "030101", call(admin, "GET", "/partners/" + id, null));
        HttpResponse<String> created = putPartner(
                id, "{'name':'One','grants':[{'sender':'s-2','tenant':'*'},{'sender':'s-1','tenant':'Lake, side'}]}");
        assertEquals(200, created.statusCode(), created.body());
        JsonNode view = Bundle.json(created);
        assertEquals(
                Bundle.JSON.readTree(json("[{'sender':'s-1','tenant':'Lake, side'},{'sender':'s-2','tenant':'*'}]")),
                view.get("grants"));
        assertEquals("One", view.get("name").asText());
        assertEquals(id, view.get("id").asText());
        assertEquals(view.get("createdAt"), view.get("updatedAt"));
        assertEquals(view, Bundle.json(call(admin, "GET", "/partners/" + id, null)));

        JsonNode replaced = Bundle.json(putPartner(id, "{'grants':[{'sender':'s-2','tenant':'*'}]}"));
        assertTrue(replaced.get("name").isNull());
        assertEquals(1, replaced.get("grants").size());
        assertEquals(view.get("createdAt"), replaced.get("createdAt"));
        assertEquals(
                "partner-api/" + id + " s-2/*",
                bundle.select(
                        "select string_agg(sender || '/' || tenant, ' ' order by sender) from partner_grant where partner_id = ?",
                        id),
                "the grant of its own echoes is kept, and not shown");

        assertEquals(204, call(admin, "DELETE", "/partners/" + id, null).statusCode());
        assertError(404, "030101", call(admin, "GET", "/partners/" + id, null));
        assertError(404, "030101", call(admin, "DELETE", "/partners/" + id, null));
        assertEquals(
                List.of(
                        "admin put partner: created, grant added s-1/Lake, side, grant added s-2/*",
                        "admin put partner: name changed, grant removed s-1/Lake, side",
                        "admin delete partner: deleted, callbacks with it: 0"),
                audit("partner " + id));
    }

    @Test
    void theSameGuidIsTheSamePartnerHoweverItIsSpelt() throws Exception {
        String upper = OWN.toUpperCase(Locale.ROOT);
        assertEquals(
                OWN, Bundle.json(putPartner(upper, "{'name':'Two'}")).get("id").asText());
        assertEquals(
                "Two",
                Bundle.json(call(admin, "GET", "/partners/" + OWN, null))
                        .get("name")
                        .asText());
        assertEquals(
                200,
                call(partner, "GET", "/partners/" + upper + "/callbacks", null).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b%20   | {}                                                                        | 020101",
                "%61bc    | {}                                                                        | 020101",
                "../partners/x | {}                                                                   | 020101",
                "TOO-LONG | {}                                                                        | 020101",
                "x | ``                                                                               | 020701",
                "x | []                                                                               | 020701",
                "x | {                                                                                | 020701",
                "x | {} {}                                                                            | 020701",
                "x | {'name':'a','name':'b'}                                                          | 020701",
                "x | {'nmae':'a'}                                                                     | 020702",
                "x | {'name':1}                                                                       | 020501",
                "x | {'name':'LONG'}                                                                  | 020501",
                "x | {'name':'a\\u0000b'}                                                             | 020501",
                "x | {'name':'a\\ud800b'}                                                             | 020501",
                "x | {'grants':{}}                                                                    | 020601",
                "x | {'grants':[1]}                                                                   | 020601",
                "x | {'grants':[{'sender':'s'}]}                                                      | 020601",
                "x | {'grants':[{'sender':'s','tenant':'t','more':1}]}                                | 020601",
                "x | {'grants':MANY}                                                                  | 020601",
                "x | {'grants':[{'sender':'S','tenant':'t'}]}                                         | 020602",
                "x | {'grants':[{'sender':'*','tenant':'t'}]}                                         | 020602",
                "x | {'grants':[{'sender':1,'tenant':'t'}]}                                           | 020602",
                "x | {'grants':[{'sender':'partner-api','tenant':'t'}]}                               | 020602",
                "x | {'grants':[{'sender':'s','tenant':''}]}                                          | 020603",
                "x | {'grants':[{'sender':'s','tenant':' t'}]}                                        | 020603",
                "x | {'grants':[{'sender':'s','tenant':'a\\nb'}]}                                     | 020603",
                "x | {'grants':[{'sender':'s','tenant':null}]}                                        | 020603",
                "x | {'grants':[{'sender':'s','tenant':'LONG'}]}                                      | 020603",
                "x?a=b | {}                                                                           | 020001"
            })
    void aPartnerThatCannotBeIsRefused(String id, String body, String code) throws Exception {
        String path = id.replace("TOO-LONG", "a".repeat(65)).replace(" ", "");
        String many = "[" + "{'sender':'s','tenant':'t'},".repeat(1000) + "{'sender':'s','tenant':'t'}]";
        assertError(
                400,
                code,
                putPartner(path, body.replace("LONG", "n".repeat(201)).replace("MANY", many)));
        assertEquals("0", bundle.select("select count(*) from partner where partner_id in ('x', '..', 'abc')"));
    }

    @Test
    void aPartnerMayHaveAThousandGrants() throws Exception {
        String grants = String.join(
                ",",
                IntStream.range(0, 1000)
                        .mapToObj(i -> "{'sender':'coverage-discovery','tenant':'tenant " + i + "'}")
                        .toList());
        assertEquals(
                1000,
                Bundle.json(putPartner(OWN, "{'grants':[" + grants + "]}"))
                        .get("grants")
                        .size());
        assertEquals(2000, audit("partner " + OWN).get(1).split(": ", 2)[1].length(), "cut to its column");
        assertEquals(0, Bundle.json(putPartner(OWN, "{}")).get("grants").size());
        assertError(413, "050701", putPartner(OWN, "{'name':'" + " ".repeat(1024 * 1024) + "'}"));
    }

    // --- who may
    // ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "PUT,    /partners/OWN,                   none,    401, 010001",
        "GET,    /partners/OWN,                   garbage, 401, 010001",
        "DELETE, /partners/OWN,                   partner, 403, 010002",
        "PUT,    /partners/nobody-knows,          partner, 403, 010002",
        "PUT,    /partners/OWN/callbacks/1,       none,    401, 010001",
        "PUT,    /partners/OWN/callbacks/1,       admin,   403, 010002",
        "PUT,    /partners/OWN/callbacks/1,       nobody,  403, 010002",
        "PUT,    /partners/other/callbacks/1,     partner, 403, 010002",
        "PUT,    /partners/other/callbacks/x,     partner, 403, 010002",
        "DELETE, /partners/other/callbacks/1,     partner, 403, 010002",
        "GET,    /partners/other/callbacks,       partner, 403, 010002",
        "GET,    /partners/OWN/callbacks?limit=0, nobody,  403, 010002",
        "POST,   /partners/other/callbacks/1/echo, partner, 403, 010002",
        "POST,   /partners/OWN/callbacks/1/echo,  operator, 403, 010002"
    })
    void whoMayNotIsToldSoAndNothingElse(String method, String path, String client, int status, String code)
            throws Exception {
        String token =
                switch (client) {
                    case "none" -> null;
                    case "garbage" -> "e30.e30.e30";
                    default -> bundle.token(client);
                };
        HttpResponse<String> response = call(token, method, path.replace("OWN", OWN), "{}");
        assertError(status, code, response);
        assertTrue(
                response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), "has a challenge");
    }

    // --- callbacks
    // ----------------------------------------------------------------------------------------------------

    @Test
    void aCallbackIsCreatedUpdatedAndRemoved() throws Exception {
        HttpResponse<String> created = putCallback(1, "{'callbackUrl':'" + URL + "'}");
        assertEquals(200, created.statusCode(), created.body());
        JsonNode view = Bundle.json(created);
        assertEquals(1, view.get("notificationType").asInt());
        assertEquals("WorkflowStateChange", view.get("notificationTypeName").asText());
        assertEquals(URL, view.get("callbackUrl").asText());
        assertEquals("active", view.get("state").asText());
        String secret = view.get("secret").asText();

        JsonNode disabled = Bundle.json(putCallback(1, "{'callbackUrl':'" + URL + "','enabled':false}"));
        assertFalse(disabled.has("secret"), "it is shown once");
        assertEquals("disabled", disabled.get("state").asText());
        assertEquals(view.get("createdAt"), disabled.get("createdAt"));
        JsonNode moved = Bundle.json(putCallback(1, "{'callbackUrl':'https://other.example/'}"));
        assertEquals("https://other.example/", moved.get("callbackUrl").asText());
        assertEquals("active", moved.get("state").asText());
        assertEquals(
                200, putCallback(1, "{'callbackUrl':'https://other.example/'}").statusCode());
        assertEquals(secret, find("partner-api", OWN).secret(), "an update keeps the secret");

        assertEquals(204, callback("DELETE", "1", null).statusCode());
        assertError(404, "030201", callback("DELETE", "1", null));
        assertNotEquals(
                secret,
                Bundle.json(putCallback(1, "{'callbackUrl':'" + URL + "'}"))
                        .get("secret")
                        .asText());
        assertEquals(
                List.of(
                        "partner put callback: created",
                        "partner put callback: disabled, was active",
                        "partner put callback: url changed, enabled, was disabled",
                        "partner put callback: nothing changed",
                        "partner delete callback: deleted",
                        "partner put callback: created"),
                audit("callback " + OWN + "/1"));
    }

    @Test
    void theSecretIsARandomKeyThatTheDatabaseHasSealedOnly() throws Exception {
        String secret = Bundle.json(putCallback(2, "{'callbackUrl':'" + URL + "'}"))
                .get("secret")
                .asText();
        assertTrue(secret.startsWith("whsec_"), "as Standard Webhooks writes it");
        byte[] key = Base64.getDecoder().decode(secret.substring(6));
        assertEquals(32, key.length);
        for (String table : List.of("callback", "audit", "partner", "partner_grant")) {
            for (Map<String, Object> row : bundle.rows("select * from " + table)) {
                for (Object value : row.values()) {
                    byte[] stored = value instanceof byte[] bytes
                            ? bytes
                            : String.valueOf(value).getBytes(StandardCharsets.ISO_8859_1);
                    assertFalse(contains(stored, key), table);
                    assertFalse(contains(stored, secret.substring(6, 40).getBytes(StandardCharsets.UTF_8)), table);
                    assertFalse(table.equals("audit") && contains(stored, "http".getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @Test
    void aSealedSecretOpensForItsOwnCallbackOnly() throws Exception {
        putCallback(1, "{'callbackUrl':'" + URL + "'}");
        putCallback(2, "{'callbackUrl':'" + URL + "'}");
        bundle.database()
                .with(handle -> handle.execute("update callback set sealed_secret ="
                        + " (select sealed_secret from callback where notification_type = 2)"
                        + " where notification_type = 1"));
        assertThrows(IllegalStateException.class, () -> find("partner-api", OWN));
    }

    @Test
    void aSuspendedCallbackIsActiveAgainWhenItIsPut() throws Exception {
        putCallback(1, "{'callbackUrl':'" + URL + "'}");
        bundle.database().with(handle -> handle.execute("update callback set state = 'suspended'"));
        assertEquals("suspended", list("").get(0).get("state").asText());
        assertEquals(
                "active",
                Bundle.json(putCallback(1, "{'callbackUrl':'" + URL + "','enabled':true}"))
                        .get("state")
                        .asText());
        assertEquals(
                "partner put callback: enabled, was suspended",
                audit("callback " + OWN + "/1").get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "one        | {}                                                | 020201",
                "1.0        | {}                                                | 020201",
                "-1         | {}                                                | 020201",
                "9999999999 | {}                                                | 020201",
                "%31        | {}                                                | 020201",
                "4          | []                                                | 020202",
                "0          | {}                                                | 020202",
                "1          | ``                                                | 020701",
                "1          | {'callbackUrl':'https://a.example/'               | 020701",
                "1          | {'callbackUrl':'https://a.example/','enable':true} | 020702",
                "1          | {}                                                | 020301",
                "1          | {'callbackUrl':null}                              | 020301",
                "1          | {'callbackUrl':1}                                 | 020302",
                "1          | {'callbackUrl':'/hook'}                           | 020302",
                "1          | {'callbackUrl':'https://u:p@a.example/'}          | 020302",
                "1          | {'callbackUrl':'https://a.example/#x'}            | 020302",
                "1          | {'callbackUrl':'http://a.example/'}               | 020303",
                "1          | {'callbackUrl':'http://127.0.0.1/'}               | 020303",
                "1          | {'callbackUrl':'https://a.example/','enabled':'true'} | 020401",
                "1          | {'callbackUrl':'https://a.example/','enabled':null} | 020401",
                "1?x=y      | {}                                                | 020001"
            })
    void aCallbackThatCannotBeIsRefused(String type, String body, String code) throws Exception {
        HttpResponse<String> response = callback("PUT", type, json(body));
        assertError(400, code, response);
        assertFalse(response.body().contains("a.example"), "no value of the request is repeated");
        assertEquals("0", bundle.select("select count(*) from callback"));
    }

    @Test
    void anUnknownPartnerComesBeforeAnythingElseThatIsWrong() throws Exception {
        call(admin, "DELETE", "/partners/" + OWN, null);
        assertError(404, "030101", callback("PUT", "x", "["));
        assertError(404, "030101", callback("DELETE", "x", null));
        assertError(404, "030101", call(partner, "GET", "/partners/" + OWN + "/callbacks?limit=0", null));
        assertError(404, "030101", callback("POST", "x/echo", "["));
    }

    @Test
    void aBodyThatIsSentAsAFormIsRefused() throws Exception {
        HttpResponse<String> response = bundle.send(request(partner, "/partners/" + OWN + "/callbacks/1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString("{\"callbackUrl\":\"" + URL + "\"}")));
        assertError(400, "020701", response);
    }

    // --- the list
    // -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "'',                1 2 3 7",
        "limit=2,           1 2",
        "offset=1,          2 3 7",
        "offset=1&limit=2,  2 3",
        "limit=100,         1 2 3 7",
        "offset=4,          ''",
        "offset=999999999,  ''"
    })
    void theListIsPagedAndSaysHowManyThereAre(String query, String types) throws Exception {
        for (int type : List.of(7, 2, 3, 1)) {
            assertEquals(200, putCallback(type, "{'callbackUrl':'" + URL + "'}").statusCode());
        }
        List<String> found = new ArrayList<>();
        list("?" + query).forEach(callback -> {
            found.add(callback.get("notificationType").asText());
            assertFalse(callback.has("secret"));
            assertEquals(URL, callback.get("callbackUrl").asText());
        });
        assertEquals(types, String.join(" ", found));
        HttpResponse<String> response = call(partner, "GET", "/partners/" + OWN + "/callbacks?" + query, null);
        assertEquals("4", response.headers().firstValue("X-Total-Count").orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "offset=-1,         020801",
        "offset=x,          020801",
        "offset=,           020801",
        "offset=1234567890, 020801",
        "limit=0,           020901",
        "limit=101,         020901",
        "limit=1.5,         020901",
        "limit=1&limit=2,   020001",
        "page=1,            020001"
    })
    void aPageThatIsNoneIsRefused(String query, String code) throws Exception {
        assertError(400, code, call(partner, "GET", "/partners/" + OWN + "/callbacks?" + query, null));
    }

    // --- what the sending side asks
    // -------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "coverage-discovery, lakeside,  true",
        "coverage-discovery, riverside, false",
        "coverage-discovery, *,         false",
        "coverage-discovery, ,          false",
        "develop-health,     lakeside,  true",
        "develop-health,     ,          true",
        "accessrc,           lakeside,  false",
        "partner-api,        " + OWN + ", true",
        "partner-api,        lakeside,  false"
    })
    void aGrantIsForASenderAndATenant(String sender, String tenant, boolean granted) throws Exception {
        putPartner(
                OWN,
                "{'grants':[{'sender':'coverage-discovery','tenant':'lakeside'},{'sender':'develop-health','tenant':'*'}]}");
        String secret = Bundle.json(putCallback(1, "{'callbackUrl':'" + URL + "'}"))
                .get("secret")
                .asText();
        assertEquals(new Callback(URL, secret, "active", granted), find(sender, tenant));
        assertTrue(bundle.bean("callbacks", Callbacks.class)
                .find(OWN, 2, sender, tenant)
                .isEmpty());
    }

    // --- deliveries of what is gone
    // -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsStillToBeSentIsCancelledWithTheCallback(boolean withItsPartner) throws Exception {
        putCallback(1, "{'callbackUrl':'" + URL + "','enabled':false}");
        putCallback(2, "{'callbackUrl':'" + URL + "','enabled':false}");
        String prefix = "callback/" + OWN;
        // planned for whichever route performs callbacks; not due for an hour
        UUID ofAll = delivery(prefix + "/1", "callback", "pending");
        UUID ofPartner = delivery(prefix + "/1", prefix, "pending");
        UUID ofOne = delivery(prefix + "/1", prefix + "/1", "pending");
        UUID done = delivery(prefix + "/1", "callback", "delivered");
        UUID otherType = delivery(prefix + "/2", "callback", "pending");
        UUID otherPartner = delivery("callback/other/1", "callback", "pending");

        assertEquals(
                204,
                (withItsPartner ? call(admin, "DELETE", "/partners/" + OWN, null) : callback("DELETE", "1", null))
                        .statusCode());
        for (UUID cancelled : List.of(ofAll, ofPartner, ofOne)) {
            Map<String, Object> row = bundle.rows("select * from delivery where delivery_id = ?", cancelled)
                    .get(0);
            assertEquals("cancelled", row.get("state"));
            assertEquals("the callback was deleted", row.get("reason"));
            assertEquals(null, row.get("due_at"));
            assertEquals(null, row.get("owner"));
            assertNotEquals(null, row.get("finished_at"));
        }
        assertEquals("delivered", state(done));
        assertEquals(withItsPartner ? "cancelled" : "pending", state(otherType));
        assertEquals("pending", state(otherPartner));
        assertEquals(withItsPartner ? "0" : "1", bundle.select("select count(*) from callback"));
    }

    /** As a commit stores it, but claimed by another instance until an hour from now. */
    private static UUID delivery(String destination, String route, String state) {
        UUID event = UUID.randomUUID();
        UUID delivery = UUID.randomUUID();
        bundle.database().with(handle -> {
            handle.execute(
                    "insert into event (event_id, commit_sequence, batch_id, sender, state, event_order, body_hash, payload)"
                            + " values (?, ?, ?, 'test', 'accepted', '', ?, ?)",
                    event,
                    Math.abs(event.getMostSignificantBits()),
                    event,
                    new byte[0],
                    new byte[0]);
            return handle.execute(
                    "insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, owner, claim_number)"
                            + " values (?, ?, ?, ?, ?, ?, "
                            + (state.equals("pending") ? "current_timestamp + interval '60' minute" : "null")
                            + ", ?, 1)",
                    delivery,
                    event,
                    destination,
                    destination,
                    route,
                    state,
                    event);
        });
        return delivery;
    }

    private static String state(UUID delivery) {
        return bundle.select("select state from delivery where delivery_id = ?", delivery);
    }

    // --- at once
    // --------------------------------------------------------------------------------------------------------

    @Test
    void theSameThingPutManyTimesAtOnceIsStoredOnce() throws Exception {
        String id = UUID.randomUUID().toString();
        List<HttpResponse<String>> partners = atOnce(
                i -> putPartner(id, "{'name':'" + i % 3 + "','grants':[{'sender':'s','tenant':'" + i % 3 + "'}]}"));
        assertEquals(
                List.of(200),
                partners.stream().map(HttpResponse::statusCode).distinct().toList());
        assertEquals("2", bundle.select("select count(*) from partner_grant where partner_id = ?", id));
        assertEquals(
                1,
                audit("partner " + id).stream()
                        .filter(row -> row.contains(": created"))
                        .count());

        List<HttpResponse<String>> callbacks =
                atOnce(i -> putCallback(1, "{'callbackUrl':'https://partner.example/" + i % 3 + "'}"));
        assertEquals(
                List.of(200),
                callbacks.stream().map(HttpResponse::statusCode).distinct().toList());
        assertEquals(
                1,
                callbacks.stream()
                        .filter(response -> response.body().contains("whsec_"))
                        .count(),
                "one of them created it");
        assertEquals(24, audit("callback " + OWN + "/1").size());
    }

    @Test
    void puttingAndRemovingAtOnceFailsNobody() throws Exception {
        List<HttpResponse<String>> responses = atOnce(i -> switch (i % 4) {
            case 0 -> putPartner(OWN, "{'grants':[{'sender':'s','tenant':'t'}]}");
            case 1 -> call(admin, "DELETE", "/partners/" + OWN, null);
            case 2 -> putCallback(1, "{'callbackUrl':'" + URL + "'}");
            default -> callback("DELETE", "1", null);
        });
        List<Integer> statuses = responses.stream()
                .map(HttpResponse::statusCode)
                .distinct()
                .sorted()
                .toList();
        assertTrue(List.of(200, 204, 404).containsAll(statuses), statuses::toString);
    }

    private interface Call {
        HttpResponse<String> make(int i) throws Exception;
    }

    private static List<HttpResponse<String>> atOnce(Call call) {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 24)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return call.make(i);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    // --------------------------------------------------------------------------------------------------------------------

    private static Callback find(String sender, String tenant) {
        return bundle.bean("callbacks", Callbacks.class)
                .find(OWN, 1, sender, tenant)
                .orElseThrow();
    }

    private static JsonNode list(String query) throws Exception {
        return bundle.get(partner, "/partners/" + OWN + "/callbacks" + query);
    }

    private static HttpResponse<String> putPartner(String id, String body) throws Exception {
        return call(admin, "PUT", "/partners/" + id, json(body));
    }

    private static HttpResponse<String> putCallback(int type, String body) throws Exception {
        return callback("PUT", Integer.toString(type), json(body));
    }

    private static HttpResponse<String> callback(String method, String type, String body) throws Exception {
        return call(partner, method, "/partners/" + OWN + "/callbacks/" + type, body);
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(token, path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return bundle.send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    private static HttpRequest.Builder request(String token, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static void assertError(int status, String code, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        JsonNode errors = Bundle.json(response);
        assertEquals(1, errors.size());
        assertEquals(code, errors.get(0).get("code").asText(), response.body());
        assertFalse(errors.get(0).get("message").asText().isBlank());
    }

    private static List<String> audit(String target) {
        return bundle
                .rows("select actor, action, detail from audit where target = ? order by audit_id", target)
                .stream()
                .map(row -> row.get("actor") + " " + row.get("action") + ": " + row.get("detail"))
                .toList();
    }

    private static boolean contains(byte[] all, byte[] part) {
        return IntStream.rangeClosed(0, all.length - part.length)
                .anyMatch(i -> Arrays.equals(all, i, i + part.length, part, 0, part.length));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
