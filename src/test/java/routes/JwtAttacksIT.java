package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.auth.SigningKey;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.TestDatabase;

/**
 * Attacks on JWTs at the two doors that they open: our own access tokens, and the header of Develop Health. Each case is a request
 * that is let in or refused with 401, stores nothing, and makes nobody call anybody.
 */
class JwtAttacksIT {

    private static final byte[] SECRET = "a secret of the sender's".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST = 8192;

    private static Bundle bundle;
    private static Door ours;
    private static Door sender;

    /** Where jku and x5u point to, with the attacker's key. */
    private static HttpServer attacker;

    private static final AtomicInteger FETCHED = new AtomicInteger();
    private static final KeyPair RSA = keyPair("RSA", 2048);
    private static final KeyPair EC = keyPair("EC", 256);

    /**
     * Where a token is shown, and what it must be like.
     *
     * @param header the members of a good one's header: what is JSON, by its name
     * @param claims the same of its claims
     */
    private record Door(
            String name,
            String path,
            String field,
            BodyPublisher body,
            int letIn,
            byte[] key,
            Map<String, String> header,
            Map<String, String> claims) {

        HttpRequest.Builder request() {
            return request(path);
        }

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(bundle.uri(path))
                    .header("Content-Type", "application/json")
                    .method(body.contentLength() == 0 ? "GET" : "POST", body);
        }

        /** With the token where it belongs. */
        HttpRequest.Builder showing(String token) {
            return request().header(field, "Bearer " + token);
        }

        String good() {
            return signed("{…}", "{…}");
        }

        String signed(String header, String claims) {
            return Jwts.signed(key, content(header, claims));
        }

        String content(String header, String claims) {
            return Jwts.part(json(header, this.header)) + "." + Jwts.part(json(claims, this.claims));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "sender.develop-health.secrets",
                        new String(SECRET, StandardCharsets.UTF_8),
                        // nobody is told to wait
                        "auth.max-failures",
                        "100000"));
        ours = new Door(
                "ours",
                "/events",
                "Authorization",
                BodyPublishers.noBody(),
                200,
                SigningKey.of(bundle),
                members("'alg':'HS256'", "'kid':'" + SigningKey.ID + "'"),
                members(
                        "'iss':'" + bundle.context().resolvePropertyPlaceholders("{{oauth2.issuer}}") + "'",
                        "'aud':'webhook-routes'",
                        "'sub':'operator'",
                        "'scope':'operations'",
                        "'tenants':[]",
                        "'exp':" + now(3600)));
        sender = new Door(
                "sender",
                "/webhooks/develop-health",
                "X-Webhook-Secret",
                BodyPublishers.ofByteArray(Fixtures.bytes("develop-health/valid/02-bv-pending.json")),
                202,
                SECRET,
                members("'alg':'HS256'", "'typ':'JWT'"),
                members("'iss':'develop-health'", "'exp':" + now(3600)));
        attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            FETCHED.incrementAndGet();
            byte[] keys = ("{\"keys\":[" + jwk() + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        attacker.start();
        // stored once: what is let in from now on is the same again
        assertEquals(202, bundle.send(sender.showing(sender.good())).statusCode());
    }

    @AfterAll
    static void stop() {
        bundle.close();
        attacker.stop(0);
    }

    @AfterEach
    void nothingElseHappens() {
        assertEquals("1", bundle.select("select count(*) from event"));
        assertEquals(0, FETCHED.get(), "a URL of a token was called");
    }

    /**
     * Signed with the right key, so that nothing but what is said in it can be wrong. A quote is a double one; … is what a good one has
     * as well, …-kid without its kid; now+60 is a time, x*9 a text of that length, attacker a server.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                              | header                                  | claims                                  | ours | sender
            good                                | {…}                                     | {…}                                     | in   | in
            alg missing                         | {…-alg}                                 | {…}                                     | 401  | 401
            alg null                            | {'alg':null,…}                          | {…}                                     | 401  | 401
            alg empty                           | {'alg':'',…}                            | {…}                                     | 401  | 401
            alg an array                        | {'alg':['HS256'],…}                     | {…}                                     | 401  | 401
            alg an object                       | {'alg':{'name':'HS256'},…}              | {…}                                     | 401  | 401
            alg a number                        | {'alg':256,…}                           | {…}                                     | 401  | 401
            alg true                            | {'alg':true,…}                          | {…}                                     | 401  | 401
            alg in small letters                | {'alg':'hs256',…}                       | {…}                                     | 401  | 401
            alg with a blank                    | {'alg':'HS256 ',…}                      | {…}                                     | 401  | 401
            alg with a NUL                      | {'alg':'HS256\\u0000',…}                | {…}                                     | 401  | 401
            alg escaped                         | {'alg':'H\\u0053256',…}                 | {…}                                     | in   | in
            alg in capitals as well             | {'ALG':'none',…}                        | {…}                                     | in   | in
            alg HS384                           | {'alg':'HS384',…}                       | {…}                                     | 401  | 401
            alg HS512                           | {'alg':'HS512',…}                       | {…}                                     | 401  | 401
            alg RS256                           | {'alg':'RS256',…}                       | {…}                                     | 401  | 401
            alg PS256                           | {'alg':'PS256',…}                       | {…}                                     | 401  | 401
            alg ES256                           | {'alg':'ES256',…}                       | {…}                                     | 401  | 401
            alg EdDSA                           | {'alg':'EdDSA',…}                       | {…}                                     | 401  | 401
            alg of an encryption                | {'alg':'dir','enc':'A256GCM',…}         | {…}                                     | 401  | 401
            alg of the claims                   | {…-alg}                                 | {'alg':'HS256',…}                       | 401  | 401
            none, then HS256                    | {'alg':'none','alg':'HS256',…}          | {…}                                     | 401  | 401
            HS256, then none                    | {'alg':'HS256','alg':'none',…}          | {…}                                     | 401  | 401
            HS256 twice                         | {'alg':'HS256','alg':'HS256',…}         | {…}                                     | 401  | 401
            kid another                         | {'kid':'2',…}                           | {…}                                     | 401  | in
            kid missing                         | {…-kid}                                 | {…}                                     | 401  | in
            kid null                            | {'kid':null,…}                          | {…}                                     | 401  | in
            kid empty                           | {'kid':'',…}                            | {…}                                     | 401  | in
            kid a number                        | {'kid':1,…}                             | {…}                                     | 401  | in
            kid an array                        | {'kid':['1'],…}                         | {…}                                     | 401  | in
            kid a path                          | {'kid':'../../../../dev/null',…}        | {…}                                     | 401  | in
            kid SQL                             | {'kid':'0\\u0027 or \\u0027\\u0027=\\u0027',…} | {…}                              | 401  | in
            kid a command                       | {'kid':'1;/bin/true',…}                 | {…}                                     | 401  | in
            kid a URL                           | {'kid':'attacker/key',…}                | {…}                                     | 401  | in
            kid huge                            | {'kid':'x*4000',…}                      | {…}                                     | 401  | in
            kid twice                           | {'kid':'2','kid':'1',…}                 | {…}                                     | 401  | 401
            jku                                 | {'jku':'attacker/keys',…}               | {…}                                     | in   | in
            x5u                                 | {'x5u':'attacker/keys',…}               | {…}                                     | in   | in
            jku no URL                          | {'jku':5,…}                             | {…}                                     | 401  | in
            jwk                                 | {'jwk':{'kty':'oct','k':'AAAA'},…}      | {…}                                     | 401  | in
            x5c                                 | {'x5c':['AAAA'],…}                      | {…}                                     | in   | in
            crit of what is unknown             | {'crit':['x'],'x':1,…}                  | {…}                                     | 401  | 401
            crit of a claim                     | {'crit':['exp'],…}                      | {…}                                     | 401  | 401
            crit empty                          | {'crit':[],…}                           | {…}                                     | 401  | 401
            crit null                           | {'crit':null,…}                         | {…}                                     | 401  | 401
            b64                                 | {'b64':false,'crit':['b64'],…}          | {…}                                     | 401  | 401
            b64, not critical                   | {'b64':false,…}                         | {…}                                     | 401  | in
            zip                                 | {'zip':'DEF',…}                         | {…}                                     | in   | in
            typ of something else               | {'typ':'JOSE+JSON',…}                   | {…}                                     | in   | in
            typ a number                        | {'typ':5,…}                             | {…}                                     | 401  | in
            cty of a token in a token           | {'cty':'JWT',…}                         | {…}                                     | in   | in
            header an array                     | [{…}]                                   | {…}                                     | 401  | 401
            header null                         | null                                    | {…}                                     | 401  | 401
            header a text                       | 'HS256'                                 | {…}                                     | 401  | 401
            header cut off                      | {…                                      | {…}                                     | 401  | 401
            header and more                     | {…}{}                                   | {…}                                     | 401  | 401
            header with a comment               | {/**/…}                                 | {…}                                     | 401  | 401
            claims an array                     | {…}                                     | [{…}]                                   | 401  | 401
            claims null                         | {…}                                     | null                                    | 401  | 401
            claims a text                       | {…}                                     | 'exp'                                   | 401  | 401
            claims a number                     | {…}                                     | 1                                       | 401  | 401
            claims cut off                      | {…}                                     | {…                                      | 401  | 401
            claims and more                     | {…}                                     | {…}{}                                   | 401  | 401
            claims with a comma more            | {…}                                     | {…,}                                    | 401  | 401
            claims with a comment               | {…}                                     | {/**/…}                                 | 401  | 401
            claims without quotes               | {…}                                     | {exp:now+60,…}                          | 401  | 401
            blanks in the claims                | {…}                                     | ` { … } `                               | in   | in
            no exp                              | {…}                                     | {…-exp}                                 | 401  | in
            exp over                            | {…}                                     | {'exp':now-3600,…}                      | 401  | 401
            exp 0                               | {…}                                     | {'exp':0,…}                             | 401  | 401
            exp negative                        | {…}                                     | {'exp':-1,…}                            | 401  | 401
            exp with a fraction                 | {…}                                     | {'exp':now+60.5,…}                      | in   | in
            exp in milliseconds                 | {…}                                     | {'exp':now+60000,…}                     | in   | in
            exp for ever                        | {…}                                     | {'exp':1e400,…}                         | 401  | in
            exp beyond any number               | {…}                                     | {'exp':1e99999999999,…}                 | 401  | 401
            exp null                            | {…}                                     | {'exp':null,…}                          | 401  | 401
            exp a text                          | {…}                                     | {'exp':'now+60',…}                      | 401  | 401
            exp an array                        | {…}                                     | {'exp':[now+60],…}                      | 401  | 401
            exp an object                       | {…}                                     | {'exp':{},…}                            | 401  | 401
            exp true                            | {…}                                     | {'exp':true,…}                          | 401  | 401
            exp NaN                             | {…}                                     | {'exp':NaN,…}                           | 401  | 401
            exp NaN as text                     | {…}                                     | {'exp':'NaN',…}                         | 401  | 401
            exp Infinity                        | {…}                                     | {'exp':Infinity,…}                      | 401  | 401
            exp twice, the last one good        | {…}                                     | {'exp':1,'exp':now+60,…}                | 401  | 401
            exp twice, the first one good       | {…}                                     | {'exp':now+60,'exp':1,…}                | 401  | 401
            nbf over                            | {…}                                     | {'nbf':now-60,…}                        | in   | in
            nbf to come                         | {…}                                     | {'nbf':now+3600,…}                      | 401  | 401
            nbf a text                          | {…}                                     | {'nbf':'now-60',…}                      | 401  | 401
            nbf null                            | {…}                                     | {'nbf':null,…}                          | in   | 401
            nbf an array                        | {…}                                     | {'nbf':[1],…}                           | 401  | 401
            iat to come                         | {…}                                     | {'iat':now+3600,…}                      | in   | in
            iat a text                          | {…}                                     | {'iat':'now',…}                         | 401  | in
            iss another                         | {…}                                     | {'iss':'attacker',…}                    | 401  | in
            iss missing                         | {…}                                     | {…-iss}                                 | 401  | in
            iss an array                        | {…}                                     | {'iss':['x'],…}                         | 401  | in
            aud another                         | {…}                                     | {'aud':'others',…}                      | 401  | in
            aud missing                         | {…}                                     | {…-aud}                                 | 401  | in
            aud among others                    | {…}                                     | {'aud':['others','webhook-routes'],…}   | in   | in
            aud numbers                         | {…}                                     | {'aud':[1],…}                           | 401  | in
            sub missing                         | {…}                                     | {…-sub}                                 | 401  | in
            sub a number                        | {…}                                     | {'sub':1,…}                             | in   | in
            sub twice                           | {…}                                     | {'sub':'optum','sub':'operator',…}      | 401  | 401
            scope missing                       | {…}                                     | {…-scope}                               | 401  | in
            scope an array                      | {…}                                     | {'scope':['operations'],…}              | 401  | in
            scope a number                      | {…}                                     | {'scope':1,…}                           | 401  | in
            scope twice                         | {…}                                     | {'scope':'payloads','scope':'operations',…} | 401 | 401
            tenants a text                      | {…}                                     | {'tenants':'*',…}                       | 401  | in
            tenants null                        | {…}                                     | {'tenants':[null],…}                    | 401  | in
            tenants numbers                     | {…}                                     | {'tenants':[1],…}                       | 401  | in
            partner a number                    | {…}                                     | {'partner':1,…}                         | 401  | in
            """)
    void whatATokenSaysOfItselfDoesNotOpenTheDoor(String what, String header, String claims, String ours, String sender)
            throws Exception {
        assertAnswer(ours, JwtAttacksIT.ours, JwtAttacksIT.ours.signed(header, claims));
        assertAnswer(sender, JwtAttacksIT.sender, JwtAttacksIT.sender.signed(header, claims));
    }

    /** Made without the key, or changed after it was signed; or not spelt as tokens are. */
    static Stream<Arguments> forged() {
        Stream<Arguments> none = IntStream.range(0, 16)
                .mapToObj(JwtAttacksIT::none)
                .flatMap(alg -> Stream.of(
                        token(alg + ", no signature", door -> door.content("{'alg':'" + alg + "',…}", "{…}") + "."),
                        token(
                                alg + ", an old one",
                                door -> door.content("{'alg':'" + alg + "',…}", "{…}") + "." + part(door.good(), 2)),
                        token(alg + ", signed", door -> door.signed("{'alg':'" + alg + "',…}", "{…}"))));
        Stream<Arguments> others = Stream.of(
                token("RS256 by another key", door -> rsa(door, "{'alg':'RS256',…}")),
                token("RS256 with its jwk", door -> rsa(door, "{'alg':'RS256','jwk':" + jwk() + ",…}")),
                token("RS256 with its x5c", door -> rsa(door, "{'alg':'RS256','x5c':['" + der() + "'],…}")),
                token("RS256 with its jku", door -> rsa(door, "{'alg':'RS256','jku':'attacker/keys','kid':'a',…}")),
                token("RS256 with its x5u", door -> rsa(door, "{'alg':'RS256','x5u':'attacker/keys','kid':'a',…}")),
                token(
                        "HS256 with its jku",
                        door -> Jwts.signed(
                                RSA.getPublic().getEncoded(), door.content("{'jku':'attacker/keys',…}", "{…}"))),
                token(
                        "HS256 by a public key",
                        door -> Jwts.signed(
                                RSA.getPublic().getEncoded(), door.content("{'jwk':" + jwk() + ",…}", "{…}"))),
                token(
                        "HS256 by a public key as PEM",
                        door -> Jwts.signed(
                                ("-----BEGIN PUBLIC KEY-----\n" + der() + "\n-----END PUBLIC KEY-----\n").getBytes(),
                                door.content("{'jwk':" + jwk() + ",…}", "{…}"))),
                token(
                        "HS256 by the key within",
                        door -> Jwts.signed(
                                new byte[32],
                                door.content("{'jwk':{'kty':'oct','k':'" + Jwts.part(new byte[32]) + "'},…}", "{…}"))),
                token("ES256 by another key", door -> es(door.content("{'alg':'ES256',…}", "{…}"), false)),
                token("ES256 by zeroes", door -> es(door.content("{'alg':'ES256',…}", "{…}"), true)),
                token("HS384", door -> mac(door, "HS384", "HmacSHA384")),
                token("HS512", door -> mac(door, "HS512", "HmacSHA512")),
                token("HS512 called HS256", door -> mac(door, "HS256", "HmacSHA512")),
                token(
                        "by an empty file",
                        door -> Jwts.signed(new byte[1], door.content("{'kid':'/dev/null',…}", "{…}"))),
                token("by the name of the key", door -> Jwts.signed("1".getBytes(), door.content("{…}", "{…}"))),
                token("by another secret", door -> Jwts.signed("another".getBytes(), door.content("{…}", "{…}"))),
                token(
                        "by the key of the other door",
                        door -> Jwts.signed(door == ours ? sender.key() : ours.key(), door.content("{…}", "{…}"))),
                token("for the other door", door -> (door == ours ? sender : ours).good()),
                token(
                        "claims of another",
                        door -> part(door.good(), 0) + "." + part(door.signed("{…}", "{'a':1,…}"), 1) + "."
                                + part(door.good(), 2)),
                token(
                        "header of another",
                        door -> part(door.signed("{'a':1,…}", "{…}"), 0) + "." + part(door.good(), 1) + "."
                                + part(door.good(), 2)),
                token(
                        "signature of another",
                        door -> door.content("{…}", "{…}") + "." + part(door.signed("{…}", "{'a':1,…}"), 2)),
                token("signature cut by one letter", door -> cut(door.good(), 1)),
                token("signature cut by half", door -> cut(door.good(), 22)),
                token("signature longer", door -> door.good() + "AA"),
                token("signature twice", door -> door.good() + part(door.good(), 2)),
                token("signature empty", door -> cut(door.good(), 43)),
                token("signature zeroes", door -> cut(door.good(), 43) + "A".repeat(43)),
                token("signature spelt otherwise", door -> spelt(door, 2, Jwts::otherSpelling)),
                token("signature padded", door -> door.good() + "="),
                token("signature padded, in percent", door -> door.good() + "%3D"),
                token("signature with a mark", door -> door.good() + "!"),
                token(
                        "signature with a blank",
                        door -> spelt(door, 2, part -> part.substring(0, 9) + " " + part.substring(9))),
                token(
                        "signature with a tab",
                        door -> spelt(door, 2, part -> part.substring(0, 9) + "\t" + part.substring(9))),
                token("signature with a line end in percent", door -> door.good() + "%0A"),
                token(
                        "in the other alphabet",
                        door -> spelt(standard(door), 2, part -> part.replace('-', '+')
                                .replace('_', '/'))),
                token("header padded, signed", door -> resigned(door, 0, part -> part + "=")),
                token("claims padded, signed", door -> resigned(door, 1, part -> part + "=")),
                token("header spelt otherwise, signed", door -> resigned(door, 0, Jwts::otherSpelling)),
                token("claims spelt otherwise, signed", door -> resigned(door, 1, Jwts::otherSpelling)),
                token(
                        "claims with a blank, signed",
                        door -> resigned(door, 1, part -> part.substring(0, 8) + " " + part.substring(8))),
                token(
                        "claims not UTF-8, signed",
                        door -> bytes(door, "{\"a\":\"\u00ff\",", StandardCharsets.ISO_8859_1)),
                token("claims in UTF-16, signed", door -> bytes(door, "{", StandardCharsets.UTF_16)),
                token("claims after a BOM, signed", door -> bytes(door, "\ufeff{", StandardCharsets.UTF_8)),
                token("claims empty, signed", door -> Jwts.signed(door.key(), part(door.good(), 0) + ".")),
                token("header empty, signed", door -> Jwts.signed(door.key(), "." + part(door.good(), 1))),
                token("all empty", door -> ".."),
                token("one part", door -> part(door.good(), 1)),
                token("two parts", door -> door.content("{…}", "{…}")),
                token("four parts", door -> door.good() + "." + part(door.good(), 2)),
                token("an empty fourth part", door -> door.good() + "."),
                token("five parts", door -> door.good() + ".AAAA.AAAA"),
                token(
                        "encrypted",
                        door -> Jwts.part("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
                                + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"),
                token(
                        "signed within",
                        door -> Jwts.signed(door.key(), part(door.good(), 0) + "." + Jwts.part(door.good()))),
                token(
                        "as JSON",
                        door -> "{\"payload\":\"" + part(door.good(), 1) + "\",\"protected\":\"" + part(door.good(), 0)
                                + "\",\"signature\":\"" + part(door.good(), 2) + "\"}"),
                token("two tokens", door -> door.good() + "," + door.good()),
                token("two tokens with a blank", door -> door.good() + " " + door.good()),
                token("good, and a parameter", door -> door.good() + ";x=1"),
                token("a letter too long", door -> ofLength(door, LONGEST + 1)),
                token("dots", door -> ".".repeat(LONGEST)),
                token("the key itself", door -> Base64.getEncoder().encodeToString(door.key())),
                token("nothing", door -> ""));
        return Stream.concat(none, others);
    }

    private static Arguments token(String what, Function<Door, String> token) {
        return arguments(what, token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void whatNobodySignedOrSpellsOtherwiseIsRefused(String what, Function<Door, String> token) throws Exception {
        assertAnswer("401", ours, token.apply(ours));
        assertAnswer("401", sender, token.apply(sender));
    }

    /** A good token, shown otherwise than it should be. */
    static Stream<Arguments> places() {
        return Stream.of(
                place("in its place", "in", door -> door.showing(door.good())),
                place("as long as may be", "in", door -> door.showing(ofLength(door, LONGEST))),
                place("in small letters", "in", door -> door.request().header(door.field(), "bearer  " + door.good())),
                place("nowhere", "401", Door::request),
                place("twice", "401", door -> door.showing(door.good()).header(door.field(), "Bearer " + door.good())),
                place("after a bad one", "401", door -> door.showing("x")
                        .header(door.field(), "Bearer " + door.good())),
                place("before a bad one", "401", door -> door.showing(door.good())
                        .header(door.field(), "Bearer x")),
                place("by another scheme", "401", door -> door.request().header(door.field(), "Basic " + door.good())),
                place("by a scheme twice", "401", door -> door.request()
                        .header(door.field(), "Bearer Bearer " + door.good())),
                place("by DPoP", "401", door -> door.request().header(door.field(), "DPoP " + door.good())),
                place(
                        "in the query",
                        "401",
                        door -> door.request(door.path() + "?" + door.field() + "=Bearer%20" + door.good())),
                place(
                        "in the query as RFC 6750 has it",
                        "401",
                        door -> door.request(door.path() + "?access_token=" + door.good())),
                place("in a cookie", "401", door -> door.request().header("Cookie", door.field() + "=" + door.good())),
                place("in the header of the other door", "401", door -> door.request()
                        .header((door == ours ? sender : ours).field(), "Bearer " + door.good())),
                place("of a proxy", "401", door -> door.request()
                        .header("Proxy-Authorization", "Bearer " + door.good())));
    }

    private static Arguments place(String what, String answer, Function<Door, HttpRequest.Builder> request) {
        return arguments(what, answer, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void aTokenIsTakenFromItsPlaceOnly(String what, String answer, Function<Door, HttpRequest.Builder> request)
            throws Exception {
        for (Door door : List.of(ours, sender)) {
            assertAnswer(answer, door, bundle.send(request.apply(door)));
        }
    }

    private static void assertAnswer(String expected, Door door, String token) throws Exception {
        assertAnswer(expected, door, bundle.send(door.showing(token)));
    }

    private static void assertAnswer(String expected, Door door, HttpResponse<String> response) throws Exception {
        int status = expected.equals("in") ? door.letIn() : Integer.parseInt(expected);
        assertEquals(status, response.statusCode(), door.name() + ": " + response.body());
        if (status == 401) {
            assertTrue(Bundle.json(response).get("error").asText().endsWith("_token"), response.body());
        }
    }

    // ------------------------------------------------------------------------------------------------- how they are
    // made

    private static long now(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    /** {@code 'name':value}, by their names. */
    private static Map<String, String> members(String... members) {
        return Arrays.stream(members)
                .collect(Collectors.toMap(
                        member -> member.substring(0, member.indexOf(':')),
                        Function.identity(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /** What {@link #whatATokenSaysOfItselfDoesNotOpenTheDoor} says of its texts. */
    private static String json(String text, Map<String, String> good) {
        String json = Pattern.compile("…(-\\w+)?").matcher(text).replaceAll(rest -> {
            String without = rest.group(1) == null ? "" : "'" + rest.group(1).substring(1) + "'";
            return good.entrySet().stream()
                    .filter(member -> !text.contains(member.getKey() + ":")
                            && !member.getKey().equals(without))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining(","));
        });
        String timed = Pattern.compile("now([+-]\\d+)?")
                .matcher(json.replace(",}", text.contains(",}") ? ",}" : "}"))
                .replaceAll(time -> "" + now(time.group(1) == null ? 0 : Long.parseLong(time.group(1))));
        return Pattern.compile("x\\*(\\d+)")
                .matcher(timed)
                .replaceAll(length -> "x".repeat(Integer.parseInt(length.group(1))))
                .replace(
                        "attacker/", "http://127.0.0.1:" + attacker.getAddress().getPort() + "/")
                .replace('\'', '"');
    }

    /** One of the 16 ways to write it in small letters and capitals. */
    private static String none(int capitals) {
        return IntStream.range(0, 4)
                .mapToObj(i -> (capitals >> i) % 2 == 0 ? "none".substring(i, i + 1) : "NONE".substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static String part(String token, int index) {
        return token.split("\\.", -1)[index];
    }

    private static String cut(String token, int letters) {
        return token.substring(0, token.length() - letters);
    }

    /** With one of its parts spelt otherwise, and the signature as it was. */
    private static String spelt(Door door, int index, UnaryOperator<String> spelling) {
        return spelt(door.good(), index, spelling);
    }

    private static String spelt(String token, int index, UnaryOperator<String> spelling) {
        String[] parts = token.split("\\.");
        parts[index] = spelling.apply(parts[index]);
        return String.join(".", parts);
    }

    /** With one of its parts spelt otherwise, and then signed; the parts have bits that belong to no byte. */
    private static String resigned(Door door, int index, UnaryOperator<String> spelling) {
        String[] parts = {odd(door, "header"), odd(door, "claims")};
        parts[index] = spelling.apply(parts[index]);
        return Jwts.signed(door.key(), parts[0] + "." + parts[1]);
    }

    private static String odd(Door door, String which) {
        Map<String, String> good = which.equals("header") ? door.header() : door.claims();
        String json = json("{…}", good);
        return Jwts.part(json + " ".repeat((4 - json.length() % 3) % 3));
    }

    /** One whose signature has letters that the other alphabet lacks. */
    private static String standard(Door door) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> door.signed("{…}", "{'i':" + i + ",…}"))
                .filter(token -> part(token, 2).matches(".*[-_].*"))
                .findFirst()
                .orElseThrow();
    }

    private static String bytes(Door door, String start, Charset charset) {
        byte[] claims = (start + json("{…}", door.claims()).substring(1)).getBytes(charset);
        return Jwts.signed(door.key(), part(door.good(), 0) + "." + Jwts.part(claims));
    }

    /** A good one of that length: three letters more in a part are four more in the token. */
    private static String ofLength(Door door, int length) {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(header -> {
                    int most = (length - padded(door, header, 0).length()) * 3 / 4;
                    return IntStream.rangeClosed(most - 3, most + 3).mapToObj(claims -> padded(door, header, claims));
                })
                .filter(token -> token.length() == length)
                .findFirst()
                .orElseThrow();
    }

    private static String padded(Door door, int header, int claims) {
        return door.signed("{'pad':'x*" + header + "',…}", "{'pad':'x*" + claims + "',…}");
    }

    private static String rsa(Door door, String header) {
        String content = door.content(header, "{…}");
        return content + "." + Jwts.part(signature("SHA256withRSA", RSA, content));
    }

    private static String es(String content, boolean zeroes) {
        return content + "."
                + Jwts.part(zeroes ? new byte[64] : signature("SHA256withECDSAinP1363Format", EC, content));
    }

    private static String mac(Door door, String alg, String algorithm) {
        String content = door.content("{'alg':'" + alg + "',…}", "{…}");
        return content + "." + Jwts.sign(door.key(), content, algorithm);
    }

    private static byte[] signature(String algorithm, KeyPair key, String content) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String der() {
        return Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded());
    }

    private static String jwk() {
        RSAPublicKey key = (RSAPublicKey) RSA.getPublic();
        return "{'kty':'RSA','kid':'a','n':'" + Jwts.part(key.getModulus().toByteArray()) + "','e':'AQAB'}";
    }
}
