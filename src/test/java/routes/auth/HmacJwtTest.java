package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Jwts;

class HmacJwtTest {

    private static final String SECRET = "s3"; // no library would take so short a one
    private static final String GOOD = Jwts.of(SECRET);
    private static final long NOW = 1_800_000_000;
    private static final HmacJwt LENIENT = jwt(false, SECRET, "naïve sécret", "third");

    private static HmacJwt jwt(boolean expRequired, String... secrets) {
        return new HmacJwt(
                new Secrets(List.of(secrets)), 60, expRequired, InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    }

    static Stream<Arguments> tokens() {
        String content = Jwts.part(Jwts.HEADER) + "." + Jwts.part("{}");
        String signature = GOOD.substring(GOOD.lastIndexOf('.') + 1);
        return Stream.of(
                arguments("good", GOOD, true),
                arguments(
                        "no type in the header", Jwts.of(SECRET, "{\"alg\":\"HS256\"}", "{\"iss\":\"anybody\"}"), true),
                arguments("a secret that is not ASCII", Jwts.of("naïve sécret"), true),
                arguments("the last of several secrets", Jwts.of("third"), true),
                // RFC 7515, appendix A.1, which is about other bytes than text: signed anew with a secret of ours
                arguments(
                        "line ends in header and claims",
                        Jwts.of(
                                SECRET,
                                "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
                                "{\"iss\":\"joe\",\r\n \"x\":true}"),
                        true),
                arguments("another secret", Jwts.of("s4"), false),
                arguments("the secret in capitals", Jwts.of("S3"), false),
                arguments("none", Jwts.part("{\"alg\":\"none\"}") + "." + Jwts.part("{}") + ".", false),
                arguments("none, signed", Jwts.of(SECRET, "{\"alg\":\"none\"}", "{}"), false),
                arguments("None, signed", Jwts.of(SECRET, "{\"alg\":\"None\"}", "{}"), false),
                arguments("hs256 in small letters", Jwts.of(SECRET, "{\"alg\":\"hs256\"}", "{}"), false),
                arguments("no algorithm", Jwts.of(SECRET, "{}", "{}"), false),
                arguments("algorithm null", Jwts.of(SECRET, "{\"alg\":null}", "{}"), false),
                arguments("two algorithms", Jwts.of(SECRET, "{\"alg\":\"none\",\"alg\":\"HS256\"}", "{}"), false),
                arguments("a list of algorithms", Jwts.of(SECRET, "{\"alg\":[\"HS256\"]}", "{}"), false),
                // the shared secret taken for a public key, as in attacks on libraries that let the header choose
                arguments("RS256, signed as HS256", Jwts.of(SECRET, "{\"alg\":\"RS256\"}", "{}"), false),
                arguments("ES256, signed as HS256", Jwts.of(SECRET, "{\"alg\":\"ES256\"}", "{}"), false),
                arguments(
                        "HS512",
                        Jwts.part("{\"alg\":\"HS512\"}") + "." + Jwts.part("{}") + "."
                                + Jwts.sign(
                                        SECRET, Jwts.part("{\"alg\":\"HS512\"}") + "." + Jwts.part("{}"), "HmacSHA512"),
                        false),
                arguments(
                        "a key of its own",
                        Jwts.of("mine", "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"bWluZQ\"}}", "{}"),
                        false),
                arguments("critical header", Jwts.of(SECRET, "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}", "{}"), false),
                arguments(
                        "claims changed",
                        Jwts.part(Jwts.HEADER) + "." + Jwts.part("{\"a\":1}") + "." + signature,
                        false),
                arguments(
                        "header changed",
                        Jwts.part("{\"alg\":\"HS256\"}") + "." + Jwts.part("{}") + "." + signature,
                        false),
                arguments("signature without its last letter", GOOD.substring(0, GOOD.length() - 1), false),
                arguments("signature with a letter more", GOOD + "A", false),
                arguments("signature spelt otherwise", Jwts.otherSpelling(GOOD), false),
                arguments("signature padded", GOOD + "=", false),
                arguments("signature empty", content + ".", false),
                arguments("two parts", content, false),
                arguments("four parts", GOOD + "." + signature, false),
                arguments("five parts, as if encrypted", "a.b.c.d.e", false),
                arguments("blank within", content + " ." + signature, false),
                arguments("claims are no object", Jwts.of(SECRET, Jwts.HEADER, "\"text\""), false),
                arguments("claims are not JSON", Jwts.of(SECRET, Jwts.HEADER, "{"), false),
                arguments("claims and more", Jwts.of(SECRET, Jwts.HEADER, "{} {}"), false),
                arguments("nothing", "", false),
                arguments("dots", "..", false),
                arguments("the secret itself", SECRET, false),
                arguments("huge", Jwts.of(SECRET, Jwts.HEADER, "{\"a\":\"" + "a".repeat(8192) + "\"}"), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void onlyWhatASecretHasSignedWithHs256IsVerified(String name, String token, boolean verified) {
        assertEquals(verified, LENIENT.verifies(token));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exp': 1800000000}                  | true",
                "{'exp': 1799999941}                  | true",
                "{'exp': 1799999940}                  | false",
                "{'exp': 1799999940.5}                | true",
                "{'exp': 0}                           | false",
                "{'exp': -1}                          | false",
                "{'exp': 1e400}                       | true",
                "{'exp': null}                        | false",
                "{'exp': '1900000000'}                | false",
                "{'exp': [1900000000]}                | false",
                "{'exp': 1, 'exp': 1900000000}        | false",
                "{'nbf': 1800000060}                  | true",
                "{'nbf': 1800000061}                  | false",
                "{'nbf': null}                        | false",
                "{'nbf': 'now'}                       | false",
                "{'nbf': 1, 'exp': 1900000000}        | true",
                "{'iat': 1900000000}                  | true"
            })
    void theTimesOfATokenAreHonouredWhenItHasThem(String claims, boolean verified) {
        assertEquals(verified, LENIENT.verifies(Jwts.of(SECRET, Jwts.HEADER, claims.replace('\'', '"'))));
    }

    @Test
    void aTokenThatNeverExpiresMayBeRefused() {
        HmacJwt strict = jwt(true, SECRET);
        assertFalse(strict.verifies(GOOD));
        assertTrue(strict.verifies(Jwts.of(SECRET, Jwts.HEADER, "{\"exp\":" + (NOW + 1) + "}")));
    }

    @Test
    void withoutASecretNothingIsVerified() {
        assertFalse(jwt(false).verifies(GOOD));
        assertFalse(new JwtHeaderPolicy("X-Webhook-Secret", " , ,", 60, false).isOn());
    }

    @Test
    void secretsAreNotPrinted() {
        assertFalse(LENIENT.toString().contains("third"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a.b.c,              a.b.c",
                "`  a.b.c `,         a.b.c",
                "Bearer a.b.c,       a.b.c",
                "bearer   a.b.c,     a.b.c",
                "\"a.b.c\",          a.b.c",
                "'a.b.c',            a.b.c",
                "\"Bearer a.b.c\",   a.b.c",
                "Bearer \" a.b.c \", a.b.c",
                "\"a.b.c,            \"a.b.c",
                "\"a.b.c',           \"a.b.c'",
                "Basic a.b.c,        Basic a.b.c",
                "Bearera.b.c,        Bearera.b.c",
                "\",                 \""
            })
    void whatStandsAroundATokenIsTakenOff(String value, String token) {
        assertEquals(token, JwtHeaderPolicy.bare(value));
    }
}
