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
        return signed(secret.getBytes(StandardCharsets.UTF_8), part(header) + "." + part(claims));
    }

    public static String part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The content, and its signature by HS256. */
    public static String signed(byte[] secret, String content) {
        return content + "." + sign(secret, content, "HmacSHA256");
    }

    public static String sign(String secret, String content, String algorithm) {
        return sign(secret.getBytes(StandardCharsets.UTF_8), content, algorithm);
    }

    public static String sign(byte[] secret, String content, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return part(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same bytes spelt otherwise: the last letter has bits that belong to none of them. */
    public static String otherSpelling(String part) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(part.charAt(part.length() - 1));
        return part.substring(0, part.length() - 1) + alphabet.charAt(last ^ 1);
    }
}
