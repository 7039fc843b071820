package routes.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs as a sender makes them, with any secret, header and claims, wrong ones included. */
public final class Jwts {

    public static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private Jwts() {}

    /** A good one that never expires. */
    public static String of(String secret) {
        return of(secret, HEADER, "{}");
    }

    /** Signed with HS256, whatever the header says. */
    public static String of(String secret, String header, String claims) {
        String content = part(header) + "." + part(claims);
        return content + "." + sign(secret, content, "HmacSHA256");
    }

    public static String part(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sign(String secret, String content, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return encode(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
