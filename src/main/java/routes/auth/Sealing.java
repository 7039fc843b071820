package routes.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals what the database keeps with AES-256-GCM: 12 bytes of nonce, then ciphertext and tag. */
public final class Sealing {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param key {@code sealing.key}: 32 bytes in base64
     * @throws IllegalStateException saying what to set, when the key is missing or of the wrong length
     */
    public Sealing(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key == null ? "" : key.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("sealing.key is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "sealing.key is " + (bytes.length == 0 ? "not set" : bytes.length + " bytes long")
                            + ": it must be 32 random bytes in base64 (openssl rand -base64 32)");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** @param name what is sealed: it opens under the same name only */
    public byte[] seal(String name, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, name, nonce, plain);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return all;
    }

    /** @throws IllegalStateException when it was sealed with another key, under another name, or was changed */
    public byte[] open(String name, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalStateException(name + " is not sealed");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
    }

    private byte[] crypt(int mode, String name, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    mode == Cipher.DECRYPT_MODE ? name + " was sealed with another sealing.key" : "cannot seal", e);
        }
    }
}
