package routes.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.config.ContextService;
import routes.sealing.Sealing;
import routes.support.Sealings;

/** Forged tokens are put together here by hand: a library would refuse to make some of them. */
class AccessTokensTest {

    private static final String SEALING_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private static final Map<String, byte[]> STORED = new ConcurrentHashMap<>();
    private static CamelContext context;
    private static AccessTokens issuer;
    private static BearerTokens tokens;
    private static byte[] key;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        SigningKeyStore store = first -> {
            Map.Entry<String, byte[]> made = first.get();
            STORED.putIfAbsent(made.getKey(), made.getValue());
            return STORED;
        };
        context.getRegistry().bind("signing-key-store", store);
        Properties settings = new Properties();
        settings.setProperty("oauth2.issuer", "the-issuer");
        settings.setProperty("oauth2.token-lifetime-seconds", "60");
        settings.setProperty("oauth2.revocation-seconds", "60");
        settings.setProperty("demo.enabled", "false");
        settings.setProperty("sealing.keys", "1:" + SEALING_KEY);
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getRegistry().bind("client-store", new NoClients());
        context.getRegistry().bind("external-issuers", withContext(new ExternalIssuers()));
        context.getRegistry().bind("revoked-tokens", withContext(new RevokedTokens()));
        context.getRegistry().bind("sealing", new Sealing());
        context.start();
        issuer = withContext(new AccessTokens());
        tokens = started(issuer);
        key = Sealings.of("1:" + SEALING_KEY).open("signing key 1", STORED.get("1"));
    }

    private static BearerTokens started(AccessTokens issuer) {
        context.getRegistry().bind("access-tokens", issuer);
        BearerTokens started = withContext(new BearerTokens());
        started.start();
        return started;
    }

    private static <T extends ContextService> T withContext(T bean) {
        bean.setCamelContext(context);
        return bean;
    }

    private static final class NoClients implements ClientStore {

        @Override
        public Optional<Client> find(String id) {
            return Optional.empty();
        }

        @Override
        public GoodTokens goodTokens() {
            return new GoodTokens(0, Map.of());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        context.close();
    }

    private static String issued() {
        Client client = new Client(
                "a-client",
                ClientSecrets.NONE,
                Set.of("operations", "payloads"),
                Set.of("tenant-1"),
                "a-partner",
                null);
        return issuer.issue(client, Set.of("operations"));
    }

    @Test
    void anIssuedTokenStandsForItsClientWithTheScopesAskedFor() {
        Caller caller = tokens.verify(issued()).orElseThrow();
        assertEquals(new Caller("a-client", Set.of("operations"), Set.of("tenant-1"), "a-partner", null), caller);
    }

    @Test
    void anotherInstanceWithTheSameStoreTakesIt() {
        assertTrue(started(withContext(new AccessTokens())).verify(issued()).isPresent());
    }

    @Test
    void aTokenThatWasTakenBeforeIsRefusedOnceItHasExpired() {
        String token = forged(header -> {}, claims -> claims.put("exp", now() + 2));
        assertTrue(tokens.verify(token).isPresent());
        await().until(() -> tokens.verify(token).isEmpty());
    }

    @Test
    void aTokenThatWasTakenBeforeIsRefusedAfterARestartWithOtherKeys() {
        AccessTokens other = withContext(new AccessTokens());
        BearerTokens restarted = started(other);
        String token = issued();
        assertTrue(restarted.verify(token).isPresent());
        byte[] sealed = STORED.put("1", Sealings.of("1:" + SEALING_KEY).seal("signing key 1", new byte[32]));
        try {
            other.stop();
            restarted.stop();
            restarted.start();
            assertTrue(restarted.verify(token).isEmpty());
        } finally {
            STORED.put("1", sealed);
        }
    }

    /** So that the refusals below are for what each of them changes. */
    @Test
    void aTokenMadeByHandWithTheRightKeyIsTaken() {
        assertTrue(tokens.verify(forged(header -> {}, claims -> {})).isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worthlessTokens")
    void aTokenThatIsNotOursOrWasChangedOrIsOverIsRefused(String what, String token) {
        assertEquals(Optional.empty(), tokens.verify(token));
    }

    static Stream<Arguments> worthlessTokens() throws Exception {
        String[] good = issued().split("\\.");
        String[] other =
                forged(header -> {}, claims -> claims.put("scope", "admin")).split("\\.");
        char first = good[2].charAt(0);
        String none = part(Map.of("alg", "none", "kid", "1"));
        return Stream.of(
                Arguments.of("payload of another token", good[0] + "." + other[1] + "." + good[2]),
                Arguments.of(
                        "signature changed",
                        good[0] + "." + good[1] + "." + (first == 'A' ? 'B' : 'A') + good[2].substring(1)),
                Arguments.of("signature missing", good[0] + "." + good[1] + "."),
                Arguments.of("signature cut off", good[0] + "." + good[1] + "." + good[2].substring(0, 20)),
                Arguments.of("alg none, no signature", none + "." + good[1] + "."),
                Arguments.of("alg none, old signature", none + "." + good[1] + "." + good[2]),
                Arguments.of("alg None", forged(header -> header.put("alg", "None"), claims -> {})),
                Arguments.of(
                        "alg HS512", forged("HmacSHA512", key, header -> header.put("alg", "HS512"), claims -> {})),
                Arguments.of(
                        "alg HS384", forged("HmacSHA384", key, header -> header.put("alg", "HS384"), claims -> {})),
                Arguments.of("alg RS256, our MAC", forged(header -> header.put("alg", "RS256"), claims -> {})),
                Arguments.of("alg RS256, another's signature", signedWithRsa()),
                Arguments.of("no alg", forged(header -> header.remove("alg"), claims -> {})),
                Arguments.of("kid unknown", forged(header -> header.put("kid", "2"), claims -> {})),
                Arguments.of("no kid", forged(header -> header.remove("kid"), claims -> {})),
                Arguments.of("kid a number", forged(header -> header.put("kid", 1), claims -> {})),
                Arguments.of(
                        "critical header unknown", forged(header -> header.put("crit", Set.of("x")), claims -> {})),
                Arguments.of("other key", forged("HmacSHA256", new byte[32], header -> {}, claims -> {})),
                Arguments.of("expired", forged(header -> {}, claims -> claims.put("exp", now() - 1))),
                Arguments.of("no expiry", forged(header -> {}, claims -> claims.remove("exp"))),
                Arguments.of("expiry a text", forged(header -> {}, claims -> claims.put("exp", "never"))),
                Arguments.of("other issuer", forged(header -> {}, claims -> claims.put("iss", "webhook-routes"))),
                Arguments.of("no issuer", forged(header -> {}, claims -> claims.remove("iss"))),
                Arguments.of("other audience", forged(header -> {}, claims -> claims.put("aud", "others"))),
                Arguments.of("no audience", forged(header -> {}, claims -> claims.remove("aud"))),
                Arguments.of("too long", forged(header -> {}, claims -> claims.put("pad", "x".repeat(8192)))),
                Arguments.of("nothing", ""),
                Arguments.of("a word", "garbage"),
                Arguments.of("dots", ".."),
                Arguments.of("many dots", ".".repeat(8000)),
                Arguments.of("not base64", "*.*.*"),
                Arguments.of("not JSON", "YQ.YQ.YQ"),
                Arguments.of("two parts", good[0] + "." + good[1]),
                Arguments.of("four parts", String.join(".", good) + "." + good[2]),
                Arguments.of("five parts, as if encrypted", String.join(".", good) + "." + good[1] + "." + good[2]),
                Arguments.of("not ASCII", "\u0000é€"));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String forged(Consumer<Map<String, Object>> header, Consumer<Map<String, Object>> claims) {
        return forged("HmacSHA256", key, header, claims);
    }

    /** A token as ours are, but for what the two consumers change. */
    private static String forged(
            String mac, byte[] key, Consumer<Map<String, Object>> header, Consumer<Map<String, Object>> claims) {
        Map<String, Object> head = new LinkedHashMap<>(Map.of("alg", "HS256", "kid", "1"));
        header.accept(head);
        Map<String, Object> body = new LinkedHashMap<>(
                Map.of("iss", "the-issuer", "aud", "webhook-routes", "sub", "a-client", "scope", "operations"));
        body.put("exp", now() + 60);
        claims.accept(body);
        String signed = part(head) + "." + part(body);
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            return signed + "." + URL.encodeToString(hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> json) {
        try {
            return URL.encodeToString(JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String signedWithRsa() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
                new JWTClaimsSet.Builder()
                        .issuer("the-issuer")
                        .audience("webhook-routes")
                        .subject("a-client")
                        .claim("scope", "operations")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        jwt.sign(new RSASSASigner(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate()));
        return jwt.serialize();
    }
}
