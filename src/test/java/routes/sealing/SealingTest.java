package routes.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Sealings;

class SealingTest {

    private static final byte[] PLAIN = "something to keep".getBytes(StandardCharsets.US_ASCII);
    private static final String ONE = "1:" + key(1);
    private static final String TWO = "2:" + key(2);

    private final Sealing sealing = Sealings.of(ONE);

    private static String key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void whatWasSealedOpensUnderItsName() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        assertArrayEquals(PLAIN, sealing.open("a name", sealed));
        assertArrayEquals(PLAIN, Sealings.of(" 1: " + key(1) + "\n").open("a name", sealed));
    }

    @Test
    void theSealedBytesDoNotShowThePlainOnesAndDifferEachTime() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        HexFormat hex = HexFormat.of();
        assertFalse(hex.formatHex(sealed).contains(hex.formatHex(PLAIN)));
        assertFalse(Arrays.equals(sealed, sealing.seal("a name", PLAIN)));
    }

    @Test
    void whileAKeyTakesThePlaceOfAnotherBothOpen() {
        byte[] old = sealing.seal("a name", PLAIN);
        Sealing announced = Sealings.of(ONE + ", " + TWO);
        Sealing rotated = Sealings.of(TWO + "," + ONE);
        assertEquals(List.of(2, 1), rotated.keyIds());
        assertArrayEquals(PLAIN, rotated.open("a name", old));
        byte[] sealed = rotated.seal("a name", PLAIN);
        assertArrayEquals(PLAIN, announced.open("a name", sealed));
        assertArrayEquals(PLAIN, Sealings.of(TWO).open("a name", sealed));
        assertArrayEquals(rotated.prefix(), Arrays.copyOf(sealed, rotated.prefix().length));
        assertArrayEquals(announced.prefix(), Arrays.copyOf(old, announced.prefix().length));
    }

    @Test
    void withoutItsKeyNothingOpens() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        assertEquals("a name was sealed with a key that is not in sealing.keys: 1", refused(TWO, sealed));
        assertEquals("a name was not sealed as this by the key 1, or was changed", refused("1:" + key(3), sealed));
        assertEquals("a name was sealed with a key that is not in sealing.keys: unknown", refused(ONE, PLAIN));
    }

    private static String refused(String keys, byte[] sealed) {
        Sealing other = Sealings.of(keys);
        return assertThrows(IllegalStateException.class, () -> other.open("a name", sealed))
                .getMessage();
    }

    @Test
    void anotherNameDoesNotOpenIt() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        assertThrows(IllegalStateException.class, () -> sealing.open("another name", sealed));
    }

    @Test
    void whatWasChangedAnywhereDoesNotOpen() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(IllegalStateException.class, () -> sealing.open("a name", changed));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 16, 32})
    void whatIsCutOffDoesNotOpen(int length) {
        byte[] cut = Arrays.copyOf(sealing.seal("a name", PLAIN), length);
        assertThrows(IllegalStateException.class, () -> sealing.open("a name", cut));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "\"\" | is not set",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= | must be <id>:<key>",
                "0:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= | must be <id>:<key>",
                "1: | has the key 1, which is 0 bytes long",
                "1:AAEC | has the key 1, which is 3 bytes long",
                "7:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ== | has the key 7, which is 34 bytes long",
                "1:not+base64! | has the key 1, which is not base64",
                // zeros; 16 bytes twice; text
                "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= | has the key 1, which can be guessed",
                "1:AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8= | has the key 1, which can be guessed",
                "1:ZGVtby1zZXR0aW5ncy1vbmx5LW5vdC1hLXNlY3JldCE= | has the key 1, which can be guessed",
                "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= | has two keys with the id 1"
            })
    void keysThatAreNoneAreRefusedWithASentence(String keys, String sentence) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Keys.parse(keys, false));
        assertTrue(refused.getMessage().startsWith("sealing.keys " + sentence), refused.getMessage());
    }

    @Test
    void theDemoSettingsMayHaveAKeyThatEverybodyKnows() {
        assertEquals(
                1,
                Keys.parse("1:ZGVtby1zZXR0aW5ncy1vbmx5LW5vdC1hLXNlY3JldCE=", true)
                        .size());
    }
}
