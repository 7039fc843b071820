package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;
import static routes.support.TestRegistry.assertError;
import static routes.support.TestRegistry.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;

/** Callbacks over HTTP, on both databases: what is stored, what is shown, and what every mistake is answered. */
class CallbacksIT extends RegistryCases {

    @Test
    void aCallbackIsCreatedUpdatedAndRemoved() throws Exception {
        HttpResponse<String> created = registry.putCallback(1, "{'callbackUrl':'" + URL + "'}");
        assertEquals(200, created.statusCode(), created.body());
        JsonNode view = Bundle.json(created);
        assertEquals(1, view.get("notificationType").asInt());
        assertEquals("WorkflowStateChange", view.get("notificationTypeName").asText());
        assertEquals(URL, view.get("callbackUrl").asText());
        assertEquals("active", view.get("state").asText());
        String secret = view.get("secret").asText();

        JsonNode disabled = Bundle.json(registry.putCallback(1, "{'callbackUrl':'" + URL + "','enabled':false}"));
        assertFalse(disabled.has("secret"), "it is shown once");
        assertEquals("disabled", disabled.get("state").asText());
        assertEquals(view.get("createdAt"), disabled.get("createdAt"));
        JsonNode moved = Bundle.json(registry.putCallback(1, "{'callbackUrl':'https://other.example/'}"));
        assertEquals("https://other.example/", moved.get("callbackUrl").asText());
        assertEquals("active", moved.get("state").asText());
        assertEquals(
                200,
                registry.putCallback(1, "{'callbackUrl':'https://other.example/'}")
                        .statusCode());
        assertEquals(List.of(secret), registry.find("partner-api", OWN).secrets(), "an update keeps the secret");

        assertEquals(204, registry.callback("DELETE", "1", null).statusCode());
        assertError(404, "030201", registry.callback("DELETE", "1", null));
        assertNotEquals(
                secret,
                Bundle.json(registry.putCallback(1, "{'callbackUrl':'" + URL + "'}"))
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
                registry.audit("callback " + OWN + "/1"));
    }

    @Test
    void theSecretIsARandomKeyThatTheDatabaseHasSealedOnly() throws Exception {
        String secret = Bundle.json(registry.putCallback(2, "{'callbackUrl':'" + URL + "'}"))
                .get("secret")
                .asText();
        assertTrue(secret.startsWith("whsec_"), "as Standard Webhooks writes it");
        byte[] key = Base64.getDecoder().decode(secret.substring(6));
        assertEquals(32, key.length);
        for (String table : List.of("callback", "audit", "partner", "partner_grant")) {
            for (Map<String, Object> row : registry.bundle().rows("select * from " + table)) {
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
        registry.putCallback(1, "{'callbackUrl':'" + URL + "'}");
        registry.putCallback(2, "{'callbackUrl':'" + URL + "'}");
        registry.bundle()
                .database()
                .with(handle -> handle.execute("update callback set sealed_secret ="
                        + " (select sealed_secret from callback where notification_type = 2)"
                        + " where notification_type = 1"));
        assertThrows(IllegalStateException.class, () -> registry.find("partner-api", OWN));
    }

    @Test
    void aSuspendedCallbackIsActiveAgainWhenItIsPut() throws Exception {
        registry.putCallback(1, "{'callbackUrl':'" + URL + "'}");
        registry.bundle().database().with(handle -> handle.execute("update callback set state = 'suspended'"));
        assertEquals("suspended", registry.list("").get(0).get("state").asText());
        assertEquals(
                "active",
                Bundle.json(registry.putCallback(1, "{'callbackUrl':'" + URL + "','enabled':true}"))
                        .get("state")
                        .asText());
        assertEquals(
                "partner put callback: enabled, was suspended",
                registry.audit("callback " + OWN + "/1").get(1));
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
                "4          | []                                                | 020202",
                "0          | {}                                                | 020202",
                "1          | ``                                                | 020701",
                "1          | {'callbackUrl':'https://a.example/'               | 020701",
                "1          | {'callbackUrl':'https://a.example/','enabled':1e9999999999} | 020701",
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
        HttpResponse<String> response = registry.callback("PUT", type, json(body));
        assertError(400, code, response);
        assertFalse(response.body().contains("a.example"), "no value of the request is repeated");
        assertEquals("0", registry.bundle().select("select count(*) from callback"));
    }

    @Test
    void anUnknownPartnerComesBeforeAnythingElseThatIsWrong() throws Exception {
        registry.call(registry.admin(), "DELETE", "/partners/" + OWN, null);
        assertError(404, "030101", registry.callback("PUT", "x", "["));
        assertError(404, "030101", registry.callback("DELETE", "x", null));
        assertError(
                404,
                "030101",
                registry.call(registry.partner(), "GET", "/partners/" + OWN + "/callbacks?limit=0", null));
        assertError(404, "030101", registry.callback("POST", "x/echo", "["));
    }

    @Test
    void aBodyThatIsSentAsAFormIsRefused() throws Exception {
        HttpResponse<String> response = registry.bundle()
                .send(registry.request(registry.partner(), "/partners/" + OWN + "/callbacks/1")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .PUT(BodyPublishers.ofString("{\"callbackUrl\":\"" + URL + "\"}")));
        assertError(400, "020701", response);
    }

    private static boolean contains(byte[] all, byte[] part) {
        return IntStream.rangeClosed(0, all.length - part.length)
                .anyMatch(i -> Arrays.equals(all, i, i + part.length, part, 0, part.length));
    }
}
