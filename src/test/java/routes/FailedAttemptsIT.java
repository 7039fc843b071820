package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Hmacs;
import routes.support.Jwts;
import routes.support.TestDatabase;

/** Who guesses is slowed, and nobody else: over HTTP, behind a proxy that says who called, and without one. */
class FailedAttemptsIT {

    private static final int MOST = 5;
    private static final String SECRET = "a-secret";

    private static Bundle proxied;
    private static Bundle direct;

    @BeforeAll
    static void start() {
        proxied = start("127.0.0.0/8, 10.9.0.0/16");
        direct = start("10.9.0.0/16");
    }

    private static Bundle start(String proxies) {
        return Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "oauth2.client.busy.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.spelt.secret",
                        Bundle.SECRET_HASH,
                        "http.trusted-proxies",
                        proxies,
                        "auth.max-failures",
                        Integer.toString(MOST),
                        "auth.failure-window",
                        "1h",
                        "sender.develop-health.secrets",
                        SECRET,
                        "sender.optum-connections.secrets",
                        SECRET,
                        "sender.accessrc.auth",
                        "hmac",
                        "sender.accessrc.secrets",
                        SECRET));
    }

    @AfterAll
    static void stop() {
        proxied.close();
        direct.close();
    }

    /**
     * A way to show a secret.
     *
     * @param first of the addresses that it is tried from, which no other case uses
     * @param good the status for the right one
     * @param slowed the status for a wrong one after too many
     */
    private record Way(String name, String first, int good, int slowed) {

        HttpResponse<String> show(Bundle bundle, String secret, String forwardedFor) throws Exception {
            HttpRequest.Builder request = request(bundle, secret);
            return bundle.send(forwardedFor == null ? request : request.header("X-Forwarded-For", forwardedFor));
        }

        private HttpRequest.Builder request(Bundle bundle, String secret) {
            byte[] body = "{}".getBytes();
            return switch (name) {
                case "token" ->
                    FailedAttemptsIT.token(bundle, "operator", secret.equals(SECRET) ? Bundle.SECRET : secret);
                case "develop-health" -> post(bundle, name).header("X-Webhook-Secret", Jwts.of(secret));
                case "optum-connections" ->
                    post(bundle, name).header("X-Optum-Webhook-Callback-Hmac-Signature", Hmacs.hex(secret, body));
                default -> post(bundle, "accessrc/x").header("x-signature", "sha256=" + Hmacs.hex(secret, body));
            };
        }

        private static HttpRequest.Builder post(Bundle bundle, String path) {
            return HttpRequest.newBuilder(bundle.uri("/webhooks/" + path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static HttpRequest.Builder token(Bundle bundle, String client, String secret) {
        return HttpRequest.newBuilder(bundle.uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret));
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way("token", "192.0.2.1", 200, 429),
                new Way("develop-health", "192.0.2.2", 202, 429),
                new Way("optum-connections", "192.0.2.3", 202, 429),
                // it knows no 429
                new Way("accessrc", "192.0.2.4", 200, 401));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whoFailsAgainAndAgainIsToldToWaitAndWhatIsRightIsLetIn(Way way) throws Exception {
        for (int i = 1; i <= MOST; i++) {
            HttpResponse<String> wrong = way.show(proxied, "wrong-" + i, way.first);
            assertEquals(401, wrong.statusCode());
            assertTrue(wrong.headers().firstValue("Retry-After").isEmpty());
        }
        for (int i = 1; i <= 2; i++) {
            HttpResponse<String> slowed = way.show(proxied, "wrong again", way.first);
            assertEquals(way.slowed, slowed.statusCode(), slowed.body());
            int wait =
                    Integer.parseInt(slowed.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(wait >= 1 && wait <= 3600);
            assertEquals(way.slowed == 401, slowed.body().contains("Verification failed"), "each in its own form");
            assertEquals(way.good, way.show(proxied, SECRET, way.first).statusCode(), "what is right is let in");
        }
        assertEquals(
                way.name.equals("token") ? 429 : 401,
                way.show(proxied, "wrong", way.first + "1").statusCode(),
                "another address is not slowed; but the client that was guessed at is");
    }

    /** Who writes the header itself stands to the left of what the proxies write. */
    static Stream<List<String>> oneAddressInManySpellings() {
        return Stream.of(
                List.of(
                        "198.51.100.1",
                        "192.0.2.1, 198.51.100.1",
                        "192.0.2.2,198.51.100.1",
                        "x, 198.51.100.1",
                        ",198.51.100.1"),
                List.of("198.51.100.2", "198.51.100.2, 10.9.1.1", "192.0.2.1, 198.51.100.2, 10.9.1.1, 10.9.2.2"),
                List.of("198.51.100.3:4711", "198.51.100.3", "::ffff:198.51.100.3"),
                List.of("2001:db8:1:1::1", "2001:db8:1:1::2", "[2001:db8:1:1:ffff::3]:4711"),
                // the proxy itself wrote what is no address
                List.of("unknown", "not an address", "198.51.100.4, unknown", "", "999.1.1.1"));
    }

    @ParameterizedTest
    @MethodSource("oneAddressInManySpellings")
    void isOneAddress(List<String> spellings) throws Exception {
        Way way = new Way("develop-health", "", 202, 429);
        for (int i = 1; i <= MOST; i++) {
            assertEquals(
                    401,
                    way.show(proxied, "wrong", spellings.get(i % spellings.size()))
                            .statusCode());
        }
        for (String spelling : spellings) {
            assertEquals(429, way.show(proxied, "wrong", spelling).statusCode(), spelling);
        }
        assertEquals(
                401,
                way.show(proxied, "wrong", "2001:db8:9:" + spellings.size() + "::1")
                        .statusCode());
    }

    @Test
    void withoutATrustedProxyTheHeaderCountsForNothing() throws Exception {
        Way way = new Way("optum-connections", "", 202, 429);
        for (int i = 1; i <= MOST; i++) {
            assertEquals(401, way.show(direct, "wrong", "192.0.2." + i).statusCode());
        }
        assertEquals(429, way.show(direct, "wrong", "192.0.2.200").statusCode());
        assertEquals(429, way.show(direct, "wrong", null).statusCode());
        assertEquals(202, way.show(direct, SECRET, "192.0.2.1").statusCode());
    }

    @Test
    void aClientThatIsGuessedAtFromManyAddressesIsNotKeptOut() throws Exception {
        for (int i = 1; i <= MOST; i++) {
            assertEquals(401, guess("auditor", "203.0.113." + i).statusCode());
        }
        assertEquals(429, guess("auditor", "203.0.113.100").statusCode());
        assertEquals(401, guess("optum", "203.0.113.101").statusCode(), "another client");
        assertEquals(
                200,
                proxied.send(token(proxied, "auditor", Bundle.SECRET).header("X-Forwarded-For", "203.0.113.102"))
                        .statusCode());
    }

    /** RFC 6749 has what HTTP Basic carries form-encoded: the same client, however its id is spelt. */
    @Test
    void aClientThatIsGuessedAtInOtherSpellingsIsTheSameOne() throws Exception {
        List<String> spellings =
                List.of("spelt", "s%70elt", "%73pelt", "spel%74", "%73%70%65%6C%74", "%73%70%65%6c%74");
        for (int i = 0; i < MOST; i++) {
            assertEquals(
                    401,
                    basic(spellings.get(i), "wrong", "203.0.113." + (200 + i)).statusCode());
        }
        for (String spelling : spellings) {
            assertEquals(429, basic(spelling, "wr%6fng", "203.0.113.210").statusCode(), spelling);
        }
        assertEquals(200, basic("s%70elt", Bundle.SECRET, "203.0.113.211").statusCode());
    }

    private static HttpResponse<String> basic(String client, String secret, String address) throws Exception {
        byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return proxied.send(HttpRequest.newBuilder(proxied.uri("/oauth2/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Forwarded-For", address)
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private static HttpResponse<String> guess(String client, String address) throws Exception {
        return proxied.send(token(proxied, client, "wrong").header("X-Forwarded-For", address));
    }

    @Test
    void whatShowsNoSecretIsNotCountedNorAreTokens() throws Exception {
        for (int i = 0; i < 2 * MOST; i++) {
            assertEquals(
                    401,
                    proxied.send(HttpRequest.newBuilder(proxied.uri("/webhooks/develop-health"))
                                    .header("X-Forwarded-For", "198.51.100.50")
                                    .POST(BodyPublishers.ofString("{}")))
                            .statusCode());
            assertEquals(
                    401,
                    proxied.send(HttpRequest.newBuilder(proxied.uri("/events"))
                                    .header("X-Forwarded-For", "198.51.100.50")
                                    .header("Authorization", "Bearer e30.e30." + i))
                            .statusCode());
        }
        Way way = new Way("develop-health", "", 202, 429);
        assertEquals(401, way.show(proxied, "wrong", "198.51.100.50").statusCode());
    }

    /** Guesses take the whole processor that hashes are given; a client that is known need not be hashed. */
    @Test
    void whatIsRightIsLetInWhileOthersGuess() throws Exception {
        String client = "busy";
        assertEquals(200, proxied.send(token(proxied, client, Bundle.SECRET)).statusCode());
        String encoded = "%" + Integer.toHexString(Bundle.SECRET.charAt(0)) + Bundle.SECRET.substring(1);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService guessers = Executors.newFixedThreadPool(4);
        List<Future<?>> guessing = new ArrayList<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        for (int i = 0; i < 4; i++) {
            guessing.add(guessers.submit(() -> {
                while (!over.get()) {
                    assertNotEquals(200, guess(client, "192.0.2.99").statusCode());
                    begun.complete(null);
                }
                return null;
            }));
        }
        begun.join();
        try {
            for (int i = 0; i < 10; i++) {
                HttpRequest.Builder right = token(proxied, client, Bundle.SECRET);
                assertEquals(
                        200,
                        proxied.send(right.header("X-Forwarded-For", "192.0.2.99"))
                                .statusCode(),
                        "from the same address, even");
                assertEquals(200, basic(client, encoded, "192.0.2.99").statusCode(), "form-encoded as well");
            }
        } finally {
            over.set(true);
        }
        for (Future<?> guesser : guessing) {
            guesser.get();
        }
        guessers.shutdown();
    }
}
