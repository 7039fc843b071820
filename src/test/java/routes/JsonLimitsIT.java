package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/** JSON that is small to send and large to work with: each limit, from both sides, at every way in. */
class JsonLimitsIT {

    private static final String FILES = "src/test/resources/events/";
    /** A notification of each sender, and what it is answered when it is accepted, and when it is not. */
    private static final Map<String, List<Integer>> NOTIFICATIONS = Map.of(
            "coverage-discovery/valid/02-failure-serial.json", List.of(204, 400),
            "develop-health/valid/02-bv-pending.json", List.of(202, 202),
            "optum-connections/valid/25-user-created.json", List.of(202, 202),
            "accessrc/valid/DELIVERY_REFUND_REQUESTED.01-refund.json", List.of(200, 400));

    private static final String WITHIN = null;
    private static final String BEYOND = "beyond the limits of JSON here";
    private static final String NUMBER = "a number is beyond the limits of JSON here";
    private static final String NOT_JSON = "not JSON";

    private static Bundle bundle;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>(SignedPost.settings());
        settings.put("oauth2.client.operator.scopes", "operations admin");
        settings.put("json.max-depth", "20");
        settings.put("json.max-tokens", "2000");
        settings.put("json.max-string-length", "9000");
        settings.put("json.max-name-length", "200");
        settings.put("json.max-number-length", "50");
        settings.put("json.max-exponent", "60");
        bundle = Bundle.start(TestDatabase.H2.create(), settings);
        admin = bundle.token("operator");
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    /** Name, members of a JSON object, why they are invalid. */
    static Stream<Arguments> members() {
        return Stream.of(
                row("depth", "'x':" + "[".repeat(15) + "]".repeat(15), WITHIN),
                row("too deep", "'x':" + "[".repeat(21) + "]".repeat(21), BEYOND),
                row("too deep, of objects", "'x':" + "{'x':".repeat(21) + "0" + "}".repeat(21), BEYOND),
                row("much too deep", "'x':" + "[".repeat(90_000) + "]".repeat(90_000), BEYOND),
                row("much too deep, and not closed", "'x':" + "[".repeat(90_000), BEYOND),
                row("breadth", "'x':[" + "0,".repeat(1_500) + "0]", WITHIN),
                row("too broad", "'x':[" + "0,".repeat(2_000) + "0]", BEYOND),
                row("too many members", members(2_000), BEYOND),
                row("much too broad", "'x':[" + "{},".repeat(300_000) + "0]", BEYOND),
                row("text", "'x':'" + "y".repeat(8_000) + "'", WITHIN),
                row("too long a text", "'x':'" + "y".repeat(9_500) + "'", BEYOND),
                row("too long a text, escaped", "'x':'" + "\\u0079".repeat(9_500) + "'", BEYOND),
                row("name", "'" + "y".repeat(190) + "':0", WITHIN),
                row("too long a name", "'" + "y".repeat(210) + "':0", BEYOND),
                row("number", "'x':" + "9".repeat(50), WITHIN),
                row("too long a number", "'x':" + "9".repeat(51), BEYOND),
                row("too long a fraction", "'x':0." + "9".repeat(51), BEYOND),
                row("much too long a number", "'x':" + "9".repeat(900_000), BEYOND),
                row("exponents", "'x':[1e60,1E-60,1.5e+060,-1e00000000060]", WITHIN),
                row("too large an exponent", "'x':1e61", NUMBER),
                row("too small an exponent", "'x':[0,1E-61]", NUMBER),
                row("an exponent that explodes", "'x':1e999999999", NUMBER),
                row("one that explodes downwards", "'x':-1.5E-999999999", NUMBER),
                row("one beyond all numbers", "'x':1e" + "9".repeat(40), NUMBER),
                row("what only looks like an exponent", "'x':'1e999999999','1e999999999':'\\\\'", WITHIN),
                row("a name twice", "'x':1,'x':1", NOT_JSON),
                row("a name twice, escaped", "'x':1,'\\u0078':1", NOT_JSON));
    }

    private static String members(int number) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < number; i++) {
            members.append(i == 0 ? "" : ",").append("'").append(i).append("':0");
        }
        return members.toString();
    }

    private static Arguments row(String name, String members, String reason) {
        return Arguments.of(name, members.replace('\'', '"'), reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void webhooksBeyondALimitAreInvalid(String name, String members, String reason) throws Exception {
        for (Map.Entry<String, List<Integer>> notification : NOTIFICATIONS.entrySet()) {
            bundle.execute("delete from delivery");
            bundle.execute("delete from event");
            Path file = Path.of(FILES + notification.getKey());
            HttpResponse<String> response = SignedPost.send(bundle, file, with(notification.getKey(), members));
            assertEquals(notification.getValue().get(reason == WITHIN ? 0 : 1), response.statusCode(), file::toString);
            assertStored(reason, file.toString());
        }
    }

    private static void assertStored(String reason, String what) {
        assertEquals(reason == WITHIN ? "accepted" : "quarantined", bundle.select("select state from event"), what);
        assertEquals(reason, bundle.select("select reason from event"), what);
    }

    /** The notification with more members behind its own. */
    private static byte[] with(String file, String members) {
        String json = new String(Fixtures.bytes(file), StandardCharsets.UTF_8).strip();
        return (json.substring(0, json.length() - 1) + "," + members + "}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void missedEventsBeyondALimitAreInvalid(String name, String members, String reason) throws Exception {
        bundle.execute("delete from delivery");
        bundle.execute("delete from event");
        String payload =
                new String(with("optum-connections/valid/25-user-created.json", members), StandardCharsets.UTF_8);
        String list = Bundle.JSON.writeValueAsString(
                List.of(Map.of("id", "m-" + UUID.randomUUID(), "eventPayload", payload)));
        int status = send("POST", "/events/import/optum-connections", list);
        if (list.length() > 9_000) {
            assertEquals(400, status, "a text of the list itself");
        } else {
            assertEquals(200, status);
            assertStored(reason, list);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("members")
    void otherRequestsBeyondALimitAreAnswered400(String name, String members, String reason) throws Exception {
        String token = "{\"grant_type\":\"client_credentials\",\"client_id\":\"optum\",\"client_secret\":\""
                + Bundle.SECRET + "\"," + members + "}";
        assertEquals(reason == WITHIN ? 200 : 400, send("POST", "/oauth2/token", token));
        // a field that is not known, within the limits or not
        assertEquals(
                members.length() > 1_000_000 ? 413 : 400,
                send("PUT", "/partners/p1", "{\"name\":\"p\"," + members + "}"));
        assertEquals(
                members.length() > 1_000_000 ? 413 : reason == WITHIN ? 200 : 400,
                send("POST", "/events/explain", "{\"sender\":\"develop-health\",\"body\":{" + members + "}}"));
        assertEquals(
                400,
                send("POST", "/events/import/optum-connections", "{\"a\":[],\"b\":[{" + members + "}]}"),
                "two arrays");
    }

    private static int send(String method, String path, String json) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json)))
                .statusCode();
    }
}
