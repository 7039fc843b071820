package routes.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Hashes client secrets as docs/clients.md tells an operator to, not by the code under test. */
public final class SecretHash {

    private static final int ITERATIONS = 100_000;
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private SecretHash() {}

    /** A value for {@code oauth2.client.<id>.secret}, with few iterations: tests ask for many tokens. */
    public static String of(String secret) throws Exception {
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(secret.toCharArray(), SALT, ITERATIONS, 256))
                .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return "pbkdf2-sha256$" + ITERATIONS + "$" + base64.encodeToString(SALT) + "$" + base64.encodeToString(hash);
    }
}
