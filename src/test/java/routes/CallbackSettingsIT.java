package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;
import static routes.support.TestRegistry.assertError;
import static routes.support.TestRegistry.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/** What a callback may be told about how, what and when it is told; and what of it is shown again. */
class CallbackSettingsIT {

    private static final String HIDDEN = "hidden-0123456789-0123456789-0123456789";
    private static TestRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.start(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void reset() throws Exception {
        registry.reset();
    }

    private static String body(String more) {
        return "{'callbackUrl':'" + URL + "'," + more + "}";
    }

    private static JsonNode put(String more) throws Exception {
        HttpResponse<String> response = registry.putCallback(1, body(more));
        assertEquals(200, response.statusCode(), response.body());
        return Bundle.json(response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'none'}                                                           | {'type':'none'}",
                "{'type':'basic','username':'us','password':'HIDDEN'}                      | {'type':'basic','username':'us'}",
                "{'type':'header','name':'x-api-key','value':'HIDDEN'}                     | {'type':'header','name':'x-api-key'}",
                "{'type':'header','name':'Authorization','value':'ApiKey HIDDEN'}          | {'type':'header','name':'Authorization'}",
                "{'type':'hmac','header':'x-signature','secret':'HIDDEN'}                  | {'type':'hmac','header':'x-signature'}",
                "{'type':'hmac','header':'x-signature','secret':'HIDDEN','prefix':'sha256='} | {'type':'hmac','header':'x-signature','prefix':'sha256='}",
                "{'type':'jwt','header':'X-Webhook-Secret','secret':'HIDDEN'}              | {'type':'jwt','header':'X-Webhook-Secret'}",
                "{'type':'oauth2','tokenUrl':'https://partner.example/token','clientId':'us','clientSecret':'HIDDEN'}"
                        + "| {'type':'oauth2','tokenUrl':'https://partner.example/token','clientId':'us','tokenRequest':'form'}",
                "{'type':'oauth2','tokenUrl':'https://partner.example/token','clientId':'us','clientSecret':'HIDDEN','scope':'a b','tokenRequest':'json'}"
                        + "| {'type':'oauth2','tokenUrl':'https://partner.example/token','clientId':'us','scope':'a b','tokenRequest':'json'}"
            })
    void noSecretIsShownAgainNorKeptInClear(String auth, String shown) throws Exception {
        JsonNode created = put("'auth':" + auth.replace("HIDDEN", HIDDEN) + ",'headers':{'x-tenant':'" + HIDDEN + "'}");
        assertEquals(Bundle.JSON.readTree(json(shown)), created.get("auth"));
        assertEquals(Bundle.JSON.readTree("[\"x-tenant\"]"), created.get("headers"));
        assertEquals(created.get("auth"), registry.list("").get(0).get("auth"));
        assertFalse(created.toString().contains(HIDDEN));
        assertFalse(registry.list("").toString().contains(HIDDEN));
        for (Map<String, Object> row : registry.bundle().rows("select * from callback")) {
            for (Object value : row.values()) {
                String text = value instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(value);
                assertFalse(text.contains(HIDDEN));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format':'xml'                                                       | 021101",
                "'format':null                                                        | 021101",
                "'format':'NOTIFICATION'                                              | 021101",
                "'auth':'none'                                                        | 021001",
                "'auth':null                                                          | 021001",
                "'auth':{}                                                            | 021001",
                "'auth':{'type':'digest'}                                             | 021001",
                "'auth':{'type':'none','password':'x'}                                | 021002",
                "'auth':{'type':'basic','username':'us'}                              | 021002",
                "'auth':{'type':'basic','username':'u:s','password':'x'}              | 021002",
                "'auth':{'type':'basic','username':'us','password':1}                 | 021002",
                "'auth':{'type':'basic','username':'us','password':''}                | 021002",
                "'auth':{'type':'header','name':'Host','value':'x'}                   | 021002",
                "'auth':{'type':'header','name':'webhook-signature','value':'x'}      | 021002",
                "'auth':{'type':'header','name':'CamelHttpUri','value':'x'}           | 021002",
                "'auth':{'type':'header','name':'x y','value':'x'}                    | 021002",
                "'auth':{'type':'header','name':'x','value':'a\\r\\nb: c'}            | 021002",
                "'auth':{'type':'header','name':'x','value':'ä'}                      | 021002",
                "'auth':{'type':'jwt','header':'x','secret':'short'}                  | 021002",
                "'auth':{'type':'hmac','header':'x','secret':'s','prefix':'a b'}      | 021002",
                "'auth':{'type':'oauth2','tokenUrl':'https://a.example/','clientId':'u','clientSecret':'s','tokenRequest':'xml'} | 021002",
                "'auth':{'type':'oauth2','tokenUrl':'http://a.example/','clientId':'u','clientSecret':'s'} | 021003",
                "'auth':{'type':'oauth2','tokenUrl':'https://u:p@a.example/','clientId':'u','clientSecret':'s'} | 021003",
                "'headers':[]                                                         | 021301",
                "'headers':{'x':1}                                                    | 021301",
                "'headers':{'Authorization':'x'}                                      | 021301",
                "'headers':{'Content-Type':'x'}                                       | 021301",
                "'headers':{'Transfer-Encoding':'chunked'}                            | 021301",
                "'headers':{'x':'a\\nb'}                                              | 021301",
                "'headers':{'a1':'','a2':'b'}                                         | 021301",
                "'filter':null                                                        | 021201",
                "'filter':[]                                                          | 021201",
                "'filter':{'types':'task'}                                            | 021201",
                "'filter':{'types':[]}                                                | 021201",
                "'filter':{'types':['']}                                              | 021201",
                "'filter':{'types':[1]}                                               | 021201",
                "'filter':{'senders':['x']}                                           | 021201"
            })
    void settingsThatCannotBeAreRefused(String settings, String code) throws Exception {
        HttpResponse<String> response = registry.putCallback(1, body(settings));
        assertError(400, code, response);
        assertFalse(response.body().contains("a.example"), "no value of the request is repeated");
        assertEquals("0", registry.bundle().select("select count(*) from callback"));
    }

    @Test
    void whatIsLeftOutIsAsBeforeWhereItIsSecretAndAsUsualElsewhere() throws Exception {
        put("'format':'original','filter':{'types':['b','a','a'],'statuses':['done']},'headers':{'x-a':'1'},"
                + "'auth':{'type':'basic','username':'us','password':'pw'}");
        JsonNode again = Bundle.json(registry.putCallback(1, "{'callbackUrl':'" + URL + "'}"));
        assertEquals("notification", again.get("format").asText());
        assertTrue(again.get("filter").isEmpty());
        assertEquals("basic", again.at("/auth/type").asText());
        assertEquals("x-a", again.at("/headers/0").asText());
        JsonNode off = put("'auth':{'type':'none'},'headers':{}");
        assertEquals("none", off.at("/auth/type").asText());
        assertTrue(off.get("headers").isEmpty());
        assertEquals(
                List.of(
                        "partner put callback: created",
                        "partner put callback: format changed, filter changed",
                        "partner put callback: auth changed, headers changed"),
                registry.audit("callback " + OWN + "/1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/hook",
                "https://partner.example.other.example/hook",
                "https://partner.example:8443/hook"
            })
    void whatAuthenticatesUsIsNotTakenToAnotherHost(String url) throws Exception {
        put("'auth':{'type':'basic','username':'us','password':'pw'}");
        assertError(400, "021004", registry.putCallback(1, "{'callbackUrl':'" + url + "'}"));
        assertEquals(
                200,
                registry.putCallback(1, "{'callbackUrl':'https://PARTNER.example:443/other'}")
                        .statusCode());
        assertEquals(
                200,
                registry.putCallback(1, "{'callbackUrl':'" + url + "','auth':{'type':'none'}}")
                        .statusCode());
    }

    // ---------------------------------------------------------------------------------------- rotation, pause, resume

    @Test
    void aRotatedSecretIsShownOnceAndBothAreGoodUntilTheOverlapEnds() throws Exception {
        String first = put("'enabled':true").get("secret").asText();
        JsonNode rotated = Bundle.json(registry.callback("POST", "1/rotate-secret", null));
        String second = rotated.get("secret").asText();
        assertNotEquals(first, second);
        assertEquals(List.of(second, first), registry.find("partner-api", OWN).secrets(), "the newest comes first");
        Duration overlap = Duration.between(
                Instant.now(), Instant.parse(rotated.get("previousSecretUntil").asText()));
        assertTrue(overlap.compareTo(Duration.ofHours(23)) > 0 && overlap.compareTo(Duration.ofHours(25)) < 0);
        assertFalse(registry.list("").get(0).has("secret"));

        JsonNode third = Bundle.json(registry.callback("POST", "1/rotate-secret", "{\"overlapSeconds\":1}"));
        assertEquals(
                List.of(third.get("secret").asText(), second, first),
                registry.find("partner-api", OWN).secrets(),
                "whoever has rotated twice has broken nobody");
        await().atMost(Duration.ofSeconds(10)).until(() -> registry.find("partner-api", OWN)
                .secrets()
                .equals(List.of(third.get("secret").asText(), first)));

        JsonNode leaked = Bundle.json(registry.callback("POST", "1/rotate-secret", "{\"overlapSeconds\":0}"));
        assertEquals(
                List.of(leaked.get("secret").asText()),
                registry.find("partner-api", OWN).secrets());
        assertFalse(registry.list("").get(0).has("previousSecretUntil"));
        assertEquals(
                "partner rotate secret: secret rotated, overlap 86400 s",
                registry.audit("callback " + OWN + "/1").get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/rotate-secret | {\"overlapSeconds\":-1}      | 400 | 021401",
                "1/rotate-secret | {\"overlapSeconds\":604801}  | 400 | 021401",
                "1/rotate-secret | {\"overlapSeconds\":\"60\"}  | 400 | 021401",
                "1/rotate-secret | {\"overlap\":60}             | 400 | 020702",
                "1/rotate-secret | [                            | 400 | 020701",
                "9/rotate-secret | {\"overlapSeconds\":-1}      | 400 | 020202",
                "2/rotate-secret |                              | 404 | 030201",
                "2/pause         |                              | 404 | 030201",
                "2/resume        |                              | 404 | 030201",
                "9/pause         |                              | 400 | 020202",
                "x/resume        |                              | 400 | 020201"
            })
    void whatCannotBeDoneIsRefused(String path, String body, int status, String code) throws Exception {
        put("'enabled':true");
        assertError(status, code, registry.callback("POST", path, body));
    }

    @Test
    void aPauseIsSeenAndEnds() throws Exception {
        put("'enabled':true");
        assertTrue(Bundle.json(registry.callback("POST", "1/pause", null))
                .get("paused")
                .asBoolean());
        assertTrue(put("'format':'original'").get("paused").asBoolean(), "also when it is put again");
        assertTrue(Bundle.json(registry.callback("POST", "1/pause", null))
                .get("paused")
                .asBoolean());
        assertFalse(Bundle.json(registry.callback("POST", "1/resume", null))
                .get("paused")
                .asBoolean());
        registry.callback("POST", "1/pause", null);
        registry.callback("DELETE", "1", null);
        assertFalse(put("'enabled':true").get("paused").asBoolean(), "one that is made anew");
        assertEquals("0", registry.bundle().select("select count(*) from paused_destination"));
    }

    @Test
    void aPartnerDoesNotUndoAnOperatorsPause() throws Exception {
        put("'enabled':true");
        String path = "/partners/" + OWN + "/callbacks/1/";
        registry.callback("POST", "1/pause", null);
        assertEquals(
                200,
                registry.call(registry.admin(), "POST", path + "pause", null).statusCode());
        assertTrue(Bundle.json(registry.callback("POST", "1/resume", null))
                .get("paused")
                .asBoolean());
        registry.callback("DELETE", "1", null);
        assertTrue(put("'enabled':true").get("paused").asBoolean(), "one that is made anew");
        HttpResponse<String> resumed = registry.call(registry.admin(), "POST", path + "resume", null);
        assertFalse(Bundle.json(resumed).get("paused").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"original", "cloudevents"})
    void payloadsAreForPartnersThatMayHaveThem(String format) throws Exception {
        registry.putPartner(OWN, "{'name':'Lakeside Brokers'}");
        assertError(403, "010003", registry.putCallback(1, body("'format':'" + format + "'")));
        assertEquals(
                200, registry.putCallback(1, body("'format':'notification'")).statusCode());
        registry.putPartner(OWN, "{'name':'Lakeside Brokers','payloads':true}");
        assertEquals(
                200, registry.putCallback(1, body("'format':'" + format + "'")).statusCode());
        assertError(400, "020502", registry.putPartner(OWN, "{'payloads':'yes'}"));
        assertEquals(
                List.of("admin put partner: payloads not allowed any more", "admin put partner: payloads allowed"),
                registry.audit("partner " + OWN).subList(1, 3));
    }

    @Test
    void operatorsMayDoItForAnyPartnerAndOtherPartnersForNone() throws Exception {
        put("'enabled':true");
        String path = "/partners/" + OWN + "/callbacks/1/";
        for (String action : List.of("rotate-secret", "pause", "resume")) {
            assertEquals(
                    200,
                    registry.call(registry.admin(), "POST", path + action, null).statusCode());
            String nobody = registry.bundle().token("nobody");
            assertError(403, "010002", registry.call(nobody, "POST", path + action, null));
            assertError(401, "010001", registry.call(null, "POST", path + action, null));
            String operator = registry.bundle().token("operator");
            assertError(403, "010002", registry.call(operator, "POST", path + action, null));
        }
    }
}
