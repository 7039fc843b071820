package routes.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Hashes of client secrets, in the form {@code pbkdf2-sha256$<iterations>$<salt, base64>$<hash, base64>}. */
record Pbkdf2(int iterations, byte[] salt, byte[] hash) {

    /** What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA256. */
    static final int ITERATIONS = 600_000;

    private static final String PREFIX = "pbkdf2-sha256";
    static final int MIN_ITERATIONS = 100_000;
    static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    static boolean isHash(String text) {
        return text.startsWith(PREFIX + "$");
    }

    /** @throws IllegalArgumentException when the text is not such a hash, or is a weak one */
    static Pbkdf2 parse(String text) {
        String[] parts = text.split("\\$");
        if (parts.length != 4 || !parts[0].equals(PREFIX)) {
            throw new IllegalArgumentException("not of the form " + PREFIX + "$<iterations>$<salt>$<hash>");
        }
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] hash = Base64.getDecoder().decode(parts[3]);
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("iterations must be " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        if (salt.length < SALT_BYTES || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("the salt must have 16 bytes or more, and the hash 32");
        }
        return new Pbkdf2(iterations, salt, hash);
    }

    /** A hash of the secret with a salt of its own. */
    static Pbkdf2 of(String secret, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Pbkdf2(iterations, salt, derive(secret, salt, iterations));
    }

    /** A hash of another secret with the same salt. */
    Pbkdf2 ofAnother(String secret) {
        return new Pbkdf2(iterations, salt, derive(secret));
    }

    /** Whether one derivation does for both. */
    boolean hasSaltOf(Pbkdf2 other) {
        return iterations == other.iterations && Arrays.equals(salt, other.salt);
    }

    boolean hasHashOf(Pbkdf2 other) {
        return MessageDigest.isEqual(hash, other.hash);
    }

    /** What the hash is if this is the secret. */
    byte[] derive(String secret) {
        return derive(secret, salt, iterations);
    }

    /** Takes as long as a hash of so many iterations. */
    static void waste(String secret, int iterations) {
        derive(secret, new byte[SALT_BYTES], iterations);
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BYTES * 8);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it is stored. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Not the hash. */
    @Override
    public String toString() {
        return PREFIX + "$" + iterations + "$…";
    }
}
