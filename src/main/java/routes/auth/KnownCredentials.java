package routes.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Credentials that were right before: they need no costly hash, and wait for nobody who guesses. What is remembered of them is a MAC by
 * a key that only this process has, and that it counts only as long as the client has the same hash.
 */
final class KnownCredentials {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST = 1_000;

    private final SecretKeySpec key;
    private final Map<ByteBuffer, Pbkdf2> known = LRUCacheFactory.newLRUCache(MOST);

    private KnownCredentials(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static KnownCredentials none() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new KnownCredentials(key);
    }

    /** Whether a client with this id had this secret; it may have another one now. */
    boolean had(String id, String secret) {
        return known.containsKey(mac(id, secret));
    }

    boolean contains(Client client, String secret) {
        Pbkdf2 hash = known.get(mac(client.id(), secret));
        return hash != null
                && client.secrets().hashes().stream()
                        .anyMatch(current -> current.hasSaltOf(hash) && current.hasHashOf(hash));
    }

    void add(Client client, String secret, Pbkdf2 hash) {
        known.put(mac(client.id(), secret), hash);
    }

    private ByteBuffer mac(String client, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] id = client.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(id.length).flip());
            mac.update(id);
            return ByteBuffer.wrap(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
