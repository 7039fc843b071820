package routes.sealing;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;

/** Seals what the database keeps: signing keys, what is secret of callbacks, and payloads. One key set, {@code sealing.keys}, for all of it. */
@BindToRegistry("sealing")
public class Sealing extends ContextService {

    /** What is sealed begins with a byte of Tink's and the key's id. */
    private static final int PREFIX_BYTES = 5;

    private static final byte PREFIX = 1;

    private List<Integer> keyIds = List.of();
    private Aead aead;

    @Override
    protected void doStart() {
        Map<Integer, byte[]> keys =
                Keys.parse(settings().text("sealing.keys"), settings().flag("demo.enabled"));
        keyIds = List.copyOf(keys.keySet());
        aead = Keys.aead(keys);
    }

    /** The ids of all keys; the first one's seals. */
    public List<Integer> keyIds() {
        return keyIds;
    }

    /** The id of the first key, which seals. */
    public String keyId() {
        return keyIds.get(0).toString();
    }

    /** How everything begins that the first key has sealed: what does not was sealed by another. */
    public byte[] prefix() {
        return ByteBuffer.allocate(PREFIX_BYTES)
                .put(PREFIX)
                .putInt(keyIds.get(0))
                .array();
    }

    /** @param name what is sealed: it opens under the same name only */
    public byte[] seal(String name, byte[] plain) {
        try {
            return aead.encrypt(plain, name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + name, e);
        }
    }

    /** @throws CannotOpen when none of the keys has sealed it, or not under this name, or when it was changed */
    public byte[] open(String name, byte[] sealed) {
        try {
            return aead.decrypt(sealed, name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            String key = keyOf(sealed);
            throw new CannotOpen(
                    isKnown(key)
                            ? name + " was not sealed as this by the key " + key + ", or was changed"
                            : name + " was sealed with a key that is not in sealing.keys: " + key);
        }
    }

    /** Whether there is a key with that id. */
    public boolean isKnown(String keyId) {
        return keyIds.stream().anyMatch(id -> id.toString().equals(keyId));
    }

    /** The id of the key that something was sealed with; its first five bytes are enough. */
    public static String keyOf(byte[] sealed) {
        return sealed.length >= PREFIX_BYTES && sealed[0] == PREFIX
                ? Integer.toString(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt())
                : "unknown";
    }
}
