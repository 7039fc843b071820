package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import routes.support.Bundle;
import routes.support.Jwts;
import routes.support.Partner;
import routes.support.Partner.Received;
import routes.support.Registry;
import routes.support.TestDatabase;

/**
 * Texts of every production of JSON's grammar (RFC 8259), right ones, wrong ones and doubtful ones. What is taken is delivered to
 * the tables, and to a partner byte for byte; what is not is answered as its sender expects, and kept with the reason.
 */
class JsonTextsIT {

    private static final String PARTNER = "p1";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String SECRET = "a-secret";

    private static Bundle bundle;
    private static Partner partner;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(PARTNER)));
        settings.put("sender.develop-health.secrets", SECRET);
        bundle = Bundle.start(TestDatabase.H2.create(), settings);
        partner = new Partner();
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(PARTNER, Bundle.TENANT);
        String callback = "{\"callbackUrl\":\"" + partner.url("/texts") + "\",\"format\":\"original\"}";
        partner.secret(
                "/texts",
                registry.put(PARTNER, 1, Bundle.JSON.readTree(callback))
                        .get("secret")
                        .asText());
        token = bundle.token("optum");
    }

    @AfterAll
    static void allOfThemReachTheTables() {
        await().atMost(LONGEST).until(() -> bundle.select("select count(*) from delivery where state <> 'delivered'")
                .equals("0"));
        bundle.close();
        partner.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/json-texts.csv", delimiter = '|', quoteCharacter = '`')
    void aTextIsTakenAndDeliveredUnharmedOrKeptWithTheReason(String what, String text, String answer) throws Exception {
        String id = UUID.randomUUID().toString();
        byte[] body = bytes(text == null ? "" : text, id);
        int deliveredBefore = partner.received("/texts").size();
        HttpResponse<String> response =
                bundle.send(bundle.request(token).timeout(LONGEST).POST(BodyPublishers.ofByteArray(body)));

        Map<String, Object> event = bundle.rows("select * from event order by commit_sequence desc limit 1")
                .get(0);
        if (answer.equals("accepted")) {
            assertEquals(204, response.statusCode(), response.body());
            assertEquals("accepted", event.get("state"));
            assertEquals(id, event.get("subject"));
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(LONGEST)
                    .until(() -> partner.received("/texts").size() > deliveredBefore);
            Received delivered = partner.received("/texts").get(deliveredBefore);
            assertArrayEquals(body, delivered.bytes());
            assertTrue(delivered.verified());
        } else {
            assertEquals(400, response.statusCode(), response.body());
            assertEquals("quarantined", event.get("state"));
            String reason = event.get("reason").toString();
            assertTrue(reason.startsWith(answer), reason);
            assertEquals(reason, Bundle.json(response).get("error_description").asText());
            assertEquals("0", bundle.select("select count(*) from delivery where event_id = ?", event.get("event_id")));
        }
    }

    /** A sender that is told nothing of what is wrong: the same, but for the answer. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/json-texts.csv", delimiter = '|', quoteCharacter = '`')
    void aSenderThatIsNotToldIsAnsweredTheSameForAll(String what, String text, String answer) throws Exception {
        byte[] body = bytes(text == null ? "" : text, UUID.randomUUID().toString());
        HttpResponse<String> response = bundle.send(HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of(SECRET))
                .header("Content-Type", "application/json")
                .timeout(LONGEST)
                .POST(BodyPublishers.ofByteArray(body)));

        assertEquals(202, response.statusCode());
        assertEquals("", response.body());
        Map<String, Object> event = bundle.rows(
                        "select * from event where sender = 'develop-health' order by commit_sequence desc limit 1")
                .get(0);
        assertEquals("quarantined", event.get("state"));
        String reason = event.get("reason").toString();
        boolean json = answer.equals("accepted") || answer.startsWith("not valid");
        assertTrue(reason.startsWith(json ? "not valid" : answer), reason);
    }

    /** What the head of the table says of its texts. */
    private static byte[] bytes(String text, String id) {
        String[] encoded = text.split("@(?=[A-Z0-9-]+$)", 2);
        Charset charset = encoded.length == 1 ? StandardCharsets.UTF_8 : Charset.forName(encoded[1]);
        String whole = Pattern.compile("(.)\\*(\\d+)")
                .matcher(encoded[0])
                .replaceAll(times -> Matcher.quoteReplacement(times.group(1).repeat(Integer.parseInt(times.group(2)))))
                .replace("…", "\"id\":\"" + id + "\",\"status\":\"success\",\"discoveryPaths\":{}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher pieces = Pattern.compile("‹([0-9A-F ]+)›|[^‹]+").matcher(whole);
        pieces.results().map(piece -> piece(piece, charset)).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static byte[] piece(MatchResult piece, Charset charset) {
        return piece.group(1) == null
                ? piece.group().getBytes(charset)
                : HexFormat.of().parseHex(piece.group(1).replace(" ", ""));
    }
}
