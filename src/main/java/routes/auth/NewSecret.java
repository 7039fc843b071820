package routes.auth;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that we make for a client. It is shown once; what is kept is its hash.
 *
 * @param text 32 random bytes in base64, as it is shown
 * @param hash PBKDF2, as it is stored
 */
public record NewSecret(String text, String hash) {

    private static final int BYTES = 32;

    /** One with a salt of its own. */
    public static NewSecret first(int iterations) {
        String text = random();
        return new NewSecret(text, Pbkdf2.of(text, iterations).text());
    }

    /**
     * One with the salt of the secret before it, so that looking for either takes no longer than looking for one. Salts are against
     * tables of what people think of; nobody thought of these.
     */
    public static NewSecret after(String hashBefore, int iterations) {
        Pbkdf2 before = Pbkdf2.parse(hashBefore);
        if (before.iterations() != iterations) {
            return first(iterations);
        }
        String text = random();
        return new NewSecret(text, before.ofAnother(text).text());
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "NewSecret";
    }
}
