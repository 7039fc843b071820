package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.OtherIssuer;
import routes.support.TestDatabase;

/** Tokens of a real OAuth2 server elsewhere; and forged ones. */
class ExternalIssuersIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String AUDIENCE = "webhooks";

    private static final OtherIssuer OTHER = new OtherIssuer();
    private static final OtherIssuer MOVING = new OtherIssuer();

    /** What an issuer publishes that rolls its keys. */
    private static final List<RSAKey> PUBLISHED = new CopyOnWriteArrayList<>();

    private static final AtomicInteger ATTACKER_ASKED = new AtomicInteger();
    /** An issuer that hangs: what it sends comes letter by letter, until this is open. */
    private static final CountDownLatch HANGS = new CountDownLatch(1);

    private static final AtomicInteger HANGING = new AtomicInteger();
    private static final ExecutorService WEB_THREADS = Executors.newCachedThreadPool();
    private static volatile boolean hangs;
    private static HttpServer web;
    private static RSAKey attackersKey;
    private static RSAKey rollingKey;
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        OTHER.start("described", "keys", "flooded", "crossed");
        MOVING.start("moving");
        rollingKey = new RSAKeyGenerator(2048).keyID("first").generate();
        PUBLISHED.add(rollingKey.toPublicJWK());
        attackersKey = new RSAKeyGenerator(2048).keyID("attacker").generate();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/attacker", exchange -> {
            ATTACKER_ASKED.incrementAndGet();
            answer(exchange, List.of(attackersKey));
        });
        web.createContext("/rolling", exchange -> answer(exchange, PUBLISHED));
        web.createContext("/typed", exchange -> answer(exchange, PUBLISHED));
        web.createContext("/hanging", exchange -> {
            if (hangs) {
                drip(exchange);
            } else {
                answer(exchange, PUBLISHED);
            }
        });
        web.setExecutor(WEB_THREADS);
        web.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", OTHER.url("keys") + "/jwks");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.start();
        bundle = Bundle.start(TestDatabase.H2.create(), settings());
    }

    private static void drip(HttpExchange exchange) throws IOException {
        HANGING.incrementAndGet();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!HANGS.await(200, TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, List<RSAKey> keys) throws IOException {
        byte[] json = new JWKSet(List.copyOf(keys)).toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of("demo.enabled", "true"));
        for (String name : List.of("described", "moving", "flooded", "crossed")) {
            issuer(settings, name, "issuer", url(name), "scopes.events:read", "operations");
        }
        issuer(
                settings,
                "described",
                "scopes.hooks",
                "coverage-discovery callbacks",
                "tenants-claim",
                "https://claims.example/tenants",
                "partner-claim",
                "app.partner");
        issuer(settings, "moving", "key-cache", "2s");
        issuer(
                settings,
                "keys",
                "issuer",
                "https://issuer.example/v2.0",
                "jwks-url",
                OTHER.url("keys") + "/jwks",
                "scope-claim",
                "roles, scp",
                "scopes-as-they-are",
                "true",
                "tenants",
                Bundle.TENANT,
                "leeway-seconds",
                "20");
        issuer(settings, "away", "issuer", "http://127.0.0.1:" + Bundle.freePort(), "scopes-as-they-are", "true");
        // whose description says that it is another
        issuer(settings, "liar", "issuer", OTHER.url("liar") + "/", "scopes-as-they-are", "true");
        issuer(
                settings,
                "redirected",
                "issuer",
                "https://redirected.example",
                "jwks-url",
                web("/elsewhere"),
                "scopes-as-they-are",
                "true");
        for (String name : List.of("rolling", "typed", "hanging")) {
            String url = web("/" + name);
            issuer(settings, name, "issuer", url, "jwks-url", url, "scopes.events:read", "operations");
        }
        issuer(settings, "typed", "token-type", "at+jwt");
        return settings;
    }

    private static String url(String issuer) {
        return issuer.equals("moving") ? MOVING.url(issuer) : OTHER.url(issuer);
    }

    private static void issuer(Map<String, String> settings, String name, String... keysAndValues) {
        settings.put("oauth2.issuers." + name + ".audience", AUDIENCE);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put("oauth2.issuers." + name + "." + keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    private static String web(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    @AfterAll
    static void stop() {
        bundle.close();
        HANGS.countDown();
        web.stop(0);
        WEB_THREADS.shutdownNow();
        OTHER.close();
        MOVING.close();
    }

    /** Claims as the issuer's tokens have them, but for what is changed; null: it has no such claim. */
    private static Map<String, Object> claims(String issuer, Object... changes) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", issuer.equals("keys") ? "https://issuer.example/v2.0" : url(issuer));
        claims.put("aud", AUDIENCE);
        claims.put("sub", "a-service");
        claims.put("scope", "openid events:read");
        for (int i = 0; i < changes.length; i += 2) {
            claims.put((String) changes[i], changes[i + 1]);
        }
        claims.values().removeIf(value -> value == null);
        return claims;
    }

    private static String token(String issuer, Object... changes) {
        return (issuer.equals("moving") ? MOVING : OTHER).token(issuer, claims(issuer, changes), MINUTE);
    }

    private static int events(String token) throws Exception {
        return call("GET", "/events", token, null).statusCode();
    }

    private static HttpResponse<String> call(String method, String path, String token, String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /** As a client gets it: from the token endpoint of that server. */
    @Test
    void aTokenThatAClientGotThereIsTaken() throws Exception {
        OTHER.allowNext("described", AUDIENCE, Map.of("scope", "openid events:read"));
        HttpResponse<String> response = bundle.send(HttpRequest.newBuilder(OTHER.tokenEndpoint("described"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=a-client&client_secret=x")));
        assertEquals(200, response.statusCode(), response.body());
        String token = Bundle.json(response).get("access_token").asText();
        assertEquals(200, events(token));
    }

    static Stream<Arguments> whatIsAllowed() {
        String tenants = "https://claims.example/tenants";
        return Stream.of(
                Arguments.of("a scope that is mapped", "described", List.of(), "/events", 200),
                Arguments.of(
                        "a list of scopes", "described", List.of("scope", List.of("x", "events:read")), "/events", 200),
                Arguments.of("none that is mapped", "described", List.of("scope", "openid"), "/events", 403),
                Arguments.of(
                        "called like ours, but not mapped",
                        "described",
                        List.of("scope", "operations admin"),
                        "/events",
                        403),
                Arguments.of("no scope at all", "described", List.of("scope", ""), "/events", 403),
                Arguments.of(
                        "a scope that is an object",
                        "described",
                        List.of("scope", Map.of("events:read", 1)),
                        "/events",
                        403),
                Arguments.of("roles as they are", "keys", List.of("roles", List.of("operations")), "/events", 200),
                Arguments.of("scp as they are", "keys", List.of("scp", "operations x"), "/events", 200),
                Arguments.of(
                        "roles before scp",
                        "keys",
                        List.of("roles", List.of("x"), "scp", "operations"),
                        "/events",
                        403),
                Arguments.of(
                        "a scope claim that is not the one", "keys", List.of("scope", "operations"), "/events", 403),
                Arguments.of(
                        "the tenant",
                        "described",
                        List.of("scope", "hooks", tenants, List.of("a", Bundle.TENANT)),
                        "post",
                        204),
                Arguments.of(
                        "the tenant as text",
                        "described",
                        List.of("scope", "hooks", tenants, Bundle.TENANT),
                        "post",
                        204),
                Arguments.of(
                        "another tenant", "described", List.of("scope", "hooks", tenants, List.of("a")), "post", 403),
                Arguments.of("no tenant", "described", List.of("scope", "hooks"), "post", 403),
                Arguments.of(
                        "all tenants, says the token",
                        "described",
                        List.of("scope", "hooks", tenants, "*"),
                        "post",
                        403),
                Arguments.of(
                        "the tenants of the properties",
                        "keys",
                        List.of("roles", List.of("coverage-discovery")),
                        "post",
                        204),
                Arguments.of(
                        "its partner",
                        "described",
                        List.of("scope", "hooks", "app", Map.of("partner", "p-1")),
                        "/partners/p-1/callbacks",
                        404),
                Arguments.of(
                        "another partner",
                        "described",
                        List.of("scope", "hooks", "app", Map.of("partner", "p-2")),
                        "/partners/p-1/callbacks",
                        403),
                Arguments.of("no partner", "described", List.of("scope", "hooks"), "/partners/p-1/callbacks", 403),
                Arguments.of("no client", "described", Arrays.asList("sub", null), "/events", 401));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsAllowed")
    void theClaimsSayWhatIsAllowed(String what, String issuer, List<Object> claims, String path, int status)
            throws Exception {
        String token = token(issuer, claims.toArray());
        int answered = path.equals("post")
                ? bundle.post(token, Fixtures.failedTask(UUID.randomUUID())).statusCode()
                : call("GET", path, token, null).statusCode();
        assertEquals(status, answered);
    }

    @Test
    void theAuditSaysWhoseClientItWas() throws Exception {
        String token = token("keys", "roles", List.of("admin"), "azp", "admin");
        assertEquals(200, call("PUT", "/partners/p-9", token, "{}").statusCode());
        assertEquals("keys:admin", bundle.select("select actor from audit where target = 'partner p-9'"));
    }

    private static long in(int seconds) {
        return Instant.now().plusSeconds(seconds).getEpochSecond();
    }

    /** So that the refusals below are for what each of them changes. */
    @Test
    void aTokenAsTheRefusedOnesAreButRightIsTaken() throws Exception {
        assertEquals(200, events(token("described")));
        assertEquals(200, events(token("keys", "roles", List.of("operations"), "exp", in(-10))), "within the leeway");
        assertEquals(200, events(token("keys", "roles", List.of("operations"), "nbf", in(10))), "within the leeway");
        assertEquals(200, events(token("described", "aud", List.of("others", AUDIENCE))));
        assertEquals(200, events(rolled(claims -> claims, header -> header)));
        assertEquals(200, events(rolled(claims -> claims, header -> header.keyID(null))));
        for (String type : Arrays.asList("at+jwt", "JWT", null)) {
            JOSEObjectType typ = type == null ? null : new JOSEObjectType(type);
            assertEquals(200, events(rolled(claims -> claims, header -> header.type(typ))), type);
        }
        assertEquals(200, events(rolled(claims -> claims.claim("typ", "Bearer"), header -> header)));
        assertEquals(200, events(typed("at+jwt")));
        assertEquals(200, events(typed("application/at+jwt")));
    }

    static Stream<Arguments> worthless() throws Exception {
        RSAKey publicKey = OTHER.publicKey("described");
        JWTClaimsSet good = claimsSet(claims("described"));
        String[] parts = token("described").split("\\.");
        String[] other = token("described", "scope", "admin").split("\\.");
        return Stream.of(
                Arguments.of("another audience", token("described", "aud", "others")),
                Arguments.of("no audience", token("described", "aud", null)),
                Arguments.of("another issuer", token("described", "iss", "https://nobody.example")),
                Arguments.of("no issuer", token("described", "iss", null)),
                Arguments.of("our issuer", token("described", "iss", "webhook-routes")),
                Arguments.of("a slash after the issuer", token("described", "iss", OTHER.url("described") + "/")),
                Arguments.of("the key of another issuer", OTHER.token("keys", claims("described"), MINUTE)),
                Arguments.of("expired", token("described", "exp", in(-61))),
                Arguments.of("expired, less leeway", token("keys", "roles", List.of("operations"), "exp", in(-21))),
                Arguments.of("never expires", rolled(claims -> claims.expirationTime(null), header -> header)),
                Arguments.of("not yet valid", token("described", "nbf", in(90))),
                Arguments.of("the payload of another", parts[0] + "." + other[1] + "." + parts[2]),
                Arguments.of("no signature", parts[0] + "." + parts[1] + "."),
                Arguments.of("alg none", new PlainJWT(good).serialize()),
                Arguments.of(
                        "HS256 with the public key as the secret",
                        signed(
                                good,
                                new MACSigner(publicKey.toRSAPublicKey().getEncoded()),
                                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(publicKey.getKeyID()))),
                Arguments.of(
                        "HS256 with its PEM",
                        signed(
                                good,
                                new MACSigner(publicKey.toJSONString()),
                                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(publicKey.getKeyID()))),
                Arguments.of(
                        "the attacker's key, our kid", signed(good, attackersKey, h -> h.keyID(publicKey.getKeyID()))),
                Arguments.of(
                        "the attacker's key in the token", signed(good, attackersKey, h -> h.keyID(publicKey.getKeyID())
                                .jwk(attackersKey.toPublicJWK()))),
                Arguments.of("the attacker's key at jku", signed(good, attackersKey, h -> h.keyID(publicKey.getKeyID())
                        .jwkURL(URI.create(web("/attacker/jwks"))))),
                Arguments.of("the attacker's key at x5u", signed(good, attackersKey, h -> h.keyID(publicKey.getKeyID())
                        .x509CertURL(URI.create(web("/attacker/x5u"))))),
                Arguments.of("an ID token, by nonce", rolled(c -> c.claim("nonce", "n"), h -> h)),
                Arguments.of("an ID token, by at_hash", rolled(c -> c.claim("at_hash", "h"), h -> h)),
                Arguments.of("an ID token, by c_hash", rolled(c -> c.claim("c_hash", "h"), h -> h)),
                Arguments.of("an ID token of Keycloak", rolled(c -> c.claim("typ", "ID"), h -> h)),
                Arguments.of("JWT where only at+jwt is taken", typed("JWT")),
                Arguments.of("no type where only at+jwt is taken", typed(null)),
                Arguments.of("another type", rolled(c -> c, h -> h.type(new JOSEObjectType("logout+jwt")))),
                Arguments.of("a critical header", rolled(c -> c, h -> h.criticalParams(Set.of("x"))
                        .customParam("x", 1))),
                Arguments.of(
                        "ES256, signed with RS256", parts(token("crossed"), "{\"alg\":\"ES256\",\"kid\":\"crossed\"}")),
                Arguments.of("too long", token("described", "pad", "x".repeat(8192))));
    }

    /** The same with another header. */
    private static String parts(String token, String header) {
        return Base64URL.encode(header) + token.substring(token.indexOf('.'));
    }

    /** As the issuer that rolls its keys makes them, but for what is changed. */
    private static String rolled(UnaryOperator<JWTClaimsSet.Builder> claims, UnaryOperator<JWSHeader.Builder> header)
            throws Exception {
        JWTClaimsSet right = claimsSet(claims("rolling", "iss", web("/rolling")));
        return signed(
                claims.apply(new JWTClaimsSet.Builder(right)).build(), rollingKey, h -> header.apply(h.keyID("first")));
    }

    /** Of the issuer of which only access tokens by RFC 9068 are taken. */
    private static String typed(String type) throws Exception {
        return rolled(
                claims -> claims.issuer(web("/typed")),
                header -> header.type(type == null ? null : new JOSEObjectType(type)));
    }

    private static JWTClaimsSet claimsSet(Map<String, Object> claims) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .expirationTime(Date.from(Instant.now().plus(MINUTE)));
        claims.forEach(builder::claim);
        return builder.build();
    }

    private static String signed(JWTClaimsSet claims, RSAKey key, UnaryOperator<JWSHeader.Builder> header)
            throws Exception {
        JWSHeader.Builder builder = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
        return signed(claims, new RSASSASigner(key), header.apply(builder));
    }

    private static String signed(JWTClaimsSet claims, JWSSigner signer, JWSHeader.Builder header) throws Exception {
        SignedJWT token = new SignedJWT(header.build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worthless")
    void aForgedOrForeignTokenIsRefusedAndNothingItNamesIsAsked(String what, String token) throws Exception {
        int before = ATTACKER_ASKED.get();
        assertEquals(401, events(token));
        assertEquals(before, ATTACKER_ASKED.get());
    }

    @Test
    void keysGoOnWhileTheIssuerIsAwayAndNewOnesAreTakenUpAfterIt() throws Exception {
        assertEquals(200, events(token("moving")));
        String unseen = token("moving", "sub", "another");
        MOVING.close();
        Instant old = Instant.now().plusSeconds(3);
        await().until(() -> Instant.now().isAfter(old));
        assertEquals(200, events(unseen), "though its keys are older than they are kept");
        MOVING.start("moving");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> events(token("moving", "sub", UUID.randomUUID().toString())), status -> status == 200);
    }

    @Test
    void aNewKeyIsTakenUpWithTheFirstTokenThatHasIt() throws Exception {
        assertEquals(200, events(rolled(claims -> claims, header -> header)));
        RSAKey second = new RSAKeyGenerator(2048).keyID("second").generate();
        PUBLISHED.add(second.toPublicJWK());
        JWTClaimsSet claims = claimsSet(claims("rolling", "iss", web("/rolling")));
        assertEquals(200, events(signed(claims, second, header -> header.keyID("second"))));
        assertEquals(
                200, events(rolled(same -> same.claim("n", 1), header -> header)), "the old one is still published");
    }

    @Test
    void anIssuerWhoseKeysCannotBeHadStopsNeitherTheStartNorAnythingElse() throws Exception {
        for (String name : List.of("away", "liar", "redirected")) {
            String issuer = settings().get("oauth2.issuers." + name + ".issuer");
            issuer = name.equals("away") ? awayIssuer() : issuer;
            HttpResponse<String> response = call("GET", "/events", token("keys", "iss", issuer), null);
            assertEquals(503, response.statusCode(), name);
            assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
        }
        assertEquals(200, events(bundle.token("operator")));
        assertEquals(
                200,
                bundle.send(HttpRequest.newBuilder(bundle.management("/observe/health/ready")))
                        .statusCode());
    }

    private static String awayIssuer() {
        return bundle.context().resolvePropertyPlaceholders("{{oauth2.issuers.away.issuer}}");
    }

    @Test
    void unknownKeysDoNotMakeUsHammerTheIssuer() throws Exception {
        assertEquals(200, events(token("flooded")));
        OTHER.asked();
        for (int i = 0; i < 200; i++) {
            String kid = "unknown-" + i;
            int status = events(signed(claimsSet(claims("flooded")), attackersKey, header -> header.keyID(kid)));
            assertTrue(status == 401 || status == 503, () -> "answered " + status);
        }
        long asked = OTHER.asked().stream()
                .filter(path -> path.startsWith("/flooded"))
                .count();
        assertTrue(asked <= 3, () -> "asked " + asked + " times");
        assertEquals(200, events(token("flooded", "sub", "another")), "keys that are known go on");
    }

    /** Whoever waits for it holds one of a few places: who need not wait needs none. */
    @Test
    void anIssuerThatHangsHoldsUpNoTokenWhoseKeyIsKnown() throws Exception {
        UnaryOperator<JWTClaimsSet.Builder> hanging = claims -> claims.issuer(web("/hanging"));
        assertEquals(200, events(rolled(hanging, header -> header)));
        hangs = true;
        ExecutorService forgers = Executors.newFixedThreadPool(40);
        List<Future<Integer>> forged = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String kid = "unknown-" + i;
            JWTClaimsSet claims = claimsSet(claims("hanging", "iss", web("/hanging")));
            forged.add(forgers.submit(() -> events(signed(claims, attackersKey, header -> header.keyID(kid)))));
        }
        await().until(() -> HANGING.get() > 0);
        for (int i = 0; i < 5; i++) {
            int unseen = i;
            assertEquals(200, events(rolled(claims -> hanging.apply(claims).claim("n", unseen), header -> header)));
        }
        for (Future<Integer> answer : forged) {
            int status = answer.get(1, TimeUnit.MINUTES);
            assertTrue(status == 401 || status == 503, () -> "answered " + status);
        }
        forgers.shutdown();
    }
}
