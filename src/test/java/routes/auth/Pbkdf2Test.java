package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {

    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw==";
    private static final String HASH = "2Sck7ovVdXkVj9lxHuhHWaepU3wMc0K2Fddvaq8X37U=";

    @Test
    void theVectorOfRfc7914Matches() {
        byte[] first32Bytes =
                HexFormat.of().parseHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        Pbkdf2 vector = new Pbkdf2(1, "salt".getBytes(StandardCharsets.US_ASCII), first32Bytes);
        assertTrue(matches(vector, "passwd"));
        assertFalse(matches(vector, "passwd "));
    }

    /** Both hashes were made by Python's hashlib. */
    @ParameterizedTest
    @CsvSource({
        "test-secret, 2Sck7ovVdXkVj9lxHuhHWaepU3wMc0K2Fddvaq8X37U=",
        "pässwörd €, w1MevVWFnAj3/XoUQhp1MhgLDPQyXR9bAXqe+Y5TqJs="
    })
    void aHashMadeElsewhereMatchesItsSecretOnly(String secret, String hash) {
        Pbkdf2 parsed = Pbkdf2.parse("pbkdf2-sha256$100000$" + SALT + "$" + hash);
        assertTrue(matches(parsed, secret));
        assertFalse(matches(parsed, secret + "x"));
        assertFalse(matches(parsed, secret.toUpperCase(Locale.ROOT)));
        assertFalse(matches(parsed, ""));
    }

    @Test
    void aNewHashMatchesAndHasASaltOfItsOwn() {
        Pbkdf2 one = Pbkdf2.of("s", 100_000);
        Pbkdf2 other = Pbkdf2.of("s", 100_000);
        assertTrue(matches(one, "s"));
        assertFalse(Arrays.equals(one.salt(), other.salt()));
        assertFalse(Arrays.equals(one.hash(), other.hash()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "other prefix,        pbkdf2-sha512$100000$" + SALT + "$" + HASH,
        "three parts,         pbkdf2-sha256$100000$" + SALT,
        "five parts,          pbkdf2-sha256$100000$" + SALT + "$" + HASH + "$x",
        "no number,           pbkdf2-sha256$many$" + SALT + "$" + HASH,
        "too few iterations,  pbkdf2-sha256$99999$" + SALT + "$" + HASH,
        "too many iterations, pbkdf2-sha256$10000001$" + SALT + "$" + HASH,
        "beyond an int,       pbkdf2-sha256$99999999999$" + SALT + "$" + HASH,
        "salt not base64,     pbkdf2-sha256$100000$***$" + HASH,
        "salt too short,      pbkdf2-sha256$100000$AAECAwQFBgc=$" + HASH,
        "hash not base64,     pbkdf2-sha256$100000$" + SALT + "$***",
        "hash too short,      pbkdf2-sha256$100000$" + SALT + "$" + SALT
    })
    void whatIsNoUsableHashIsRefused(String what, String text) {
        assertThrows(IllegalArgumentException.class, () -> Pbkdf2.parse(text));
    }

    @Test
    void itsTextDoesNotTellTheHash() {
        assertEquals(
                "pbkdf2-sha256$100000$…",
                Pbkdf2.parse("pbkdf2-sha256$100000$" + SALT + "$" + HASH).toString());
    }

    /** As the secrets of a client are verified. */
    private static boolean matches(Pbkdf2 hash, String secret) {
        return new ClientSecrets(List.of(hash)).matching(secret, 0).isPresent();
    }
}
