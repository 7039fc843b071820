package routes.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import routes.config.Settings;

/** The key set of the property {@code sealing.keys}: {@code <id>:<32 random bytes in base64>}, comma-separated. The first one seals, any opens. */
final class Keys {

    private static final String PROPERTY = "sealing.keys";
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 12;
    /** 32 random bytes have 30 different values on average, and fewer than 20 practically never. */
    private static final int LEAST_VALUES = 20;

    private static final Pattern ENTRY = Pattern.compile("([1-9]\\d{0,8}):(.*)");

    private Keys() {}

    /** The keys by their ids, in their order. A text without any is none. */
    static Map<Integer, byte[]> parse(String text, boolean demo) {
        Map<Integer, byte[]> keys = new LinkedHashMap<>();
        List<String> entries = Settings.listed(text);
        if (entries.isEmpty()) {
            throw wrong(
                    "is not set: it must be <id>:<key>, and a key is 32 random bytes in base64 (openssl rand -base64 32)");
        }
        for (String entry : entries) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                throw wrong("must be <id>:<key>, comma-separated, each id a number from 1 to 999999999");
            }
            int id = Integer.parseInt(matcher.group(1));
            if (keys.put(id, key(id, matcher.group(2).strip(), demo)) != null) {
                throw wrong("has two keys with the id " + id);
            }
        }
        return keys;
    }

    private static byte[] key(int id, String text, boolean demo) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong("has the key " + id + ", which is not base64");
        }
        if (key.length != KEY_BYTES) {
            throw wrong("has the key " + id + ", which is " + key.length
                    + " bytes long: it must be 32 random bytes in base64 (openssl rand -base64 32)");
        }
        if (!demo && isWeak(key)) {
            throw wrong("has the key " + id
                    + ", which can be guessed: it must be 32 random bytes in base64 (openssl rand -base64 32)");
        }
        return key;
    }

    /** Text, such as that of the demo settings, or the same few bytes again and again. */
    private static boolean isWeak(byte[] key) {
        int[] bytes = IntStream.range(0, key.length).map(i -> key[i]).toArray();
        return IntStream.of(bytes).distinct().count() < LEAST_VALUES
                || IntStream.of(bytes).allMatch(b -> b >= ' ' && b <= '~');
    }

    /**
     * XAES-256-GCM: of AES-256-GCM itself a key is worn out after 2^32 messages, which a busy inbox has in weeks. What is sealed begins with
     * the key's id, as Tink has it.
     */
    static Aead aead(Map<Integer, byte[]> keys) {
        try {
            AeadConfig.register();
            XAesGcmParameters parameters = XAesGcmParameters.create(XAesGcmParameters.Variant.TINK, SALT_BYTES);
            KeysetHandle.Builder set = KeysetHandle.newBuilder();
            int primary = keys.keySet().iterator().next();
            for (Map.Entry<Integer, byte[]> key : keys.entrySet()) {
                KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(XAesGcmKey.create(
                        parameters, SecretBytes.copyFrom(key.getValue(), InsecureSecretKeyAccess.get()), key.getKey()));
                set.addEntry(key.getKey() == primary ? entry.makePrimary() : entry);
            }
            return set.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys of " + PROPERTY + " cannot be used", e);
        }
    }

    private static IllegalStateException wrong(String what) {
        return new IllegalStateException(PROPERTY + " " + what);
    }
}
