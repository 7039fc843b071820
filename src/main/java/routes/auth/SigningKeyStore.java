package routes.auth;

import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/** Where the sealed signing keys of all instances are kept; the one thing the tokens ask of the rest of the bundle. */
public interface SigningKeyStore {

    /** What a key is sealed as. */
    static String name(String keyId) {
        return "signing key " + keyId;
    }

    /** 32 random bytes. */
    static byte[] newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * The keys that are good, the one to sign with first; key id to sealed bytes.
     *
     * @param first makes the first key when there is none yet, always under the same id, so that of two instances that
     *     start at once one wins and both use its key
     */
    Map<String, byte[]> keys(Supplier<Map.Entry<String, byte[]>> first);
}
