package routes.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import routes.config.Settings;

/**
 * What both sides know. Any of several counts, so that a new secret can be tried before the old one goes. All are compared, the
 * right one or not, and byte by byte, so that the time tells nothing about them.
 */
record Secrets(List<String> values) {

    private static final String ALGORITHM = "HmacSHA256";

    /** @param text comma-separated; without commas in a secret, and without blanks at its ends */
    static Secrets of(String text) {
        return new Secrets(Settings.listed(text));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether the text is one of the secrets. */
    boolean contains(String text) {
        boolean found = false;
        for (String secret : values) {
            found |= MessageDigest.isEqual(bytes(secret), bytes(text));
        }
        return found;
    }

    /**
     * Whether this is the HMAC-SHA256 of the content with one of the secrets.
     *
     * @param spelling how the 32 bytes of it are written
     */
    boolean signed(byte[] content, byte[] signature, UnaryOperator<byte[]> spelling) {
        boolean signed = false;
        for (String secret : values) {
            signed |= MessageDigest.isEqual(spelling.apply(hmac(content, secret)), signature);
        }
        return signed;
    }

    static byte[] hmac(byte[] content, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(secret), ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not the secrets. */
    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
