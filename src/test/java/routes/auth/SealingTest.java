package routes.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final byte[] PLAIN = "something to keep".getBytes(StandardCharsets.US_ASCII);

    private final Sealing sealing = new Sealing(key(1));

    private static String key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void whatWasSealedOpensUnderItsName() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        assertArrayEquals(PLAIN, sealing.open("a name", sealed));
        assertArrayEquals(PLAIN, new Sealing(" " + key(1) + "\n").open("a name", sealed));
    }

    @Test
    void theSealedBytesDoNotShowThePlainOnesAndDifferEachTime() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        HexFormat hex = HexFormat.of();
        assertFalse(hex.formatHex(sealed).contains(hex.formatHex(PLAIN)));
        assertFalse(Arrays.equals(sealed, sealing.seal("a name", PLAIN)));
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        byte[] sealed = sealing.seal("a name", PLAIN);
        Sealing other = new Sealing(key(2));
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> other.open("a name", sealed));
        assertEquals("a name was sealed with another sealing.key", refused.getMessage());
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
    @ValueSource(ints = {0, 1, 11, 12, 27})
    void whatIsCutOffDoesNotOpen(int length) {
        byte[] cut = Arrays.copyOf(sealing.seal("a name", PLAIN), length);
        assertThrows(IllegalStateException.class, () -> sealing.open("a name", cut));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", sealing.key is not set",
                "AAEC, sealing.key is 3 bytes long",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==, sealing.key is 34 bytes long",
                "not+base64!, sealing.key is not base64"
            })
    void aKeyThatIsNoneIsRefusedWithASentence(String key, String sentence) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> new Sealing(key));
        assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
    }
}
