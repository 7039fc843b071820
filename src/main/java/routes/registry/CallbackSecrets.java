package routes.registry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import routes.auth.Sealing;

/** What callbacks are signed with: secrets as Standard Webhooks writes them, sealed in the database. */
final class CallbackSecrets {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Sealing sealing;

    /** @param key {@code sealing.key} */
    CallbackSecrets(String key) {
        this.sealing = new Sealing(key);
    }

    String create() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** It opens for the same callback only. */
    byte[] seal(String partner, int type, String secret) {
        return sealing.seal(name(partner, type), secret.getBytes(StandardCharsets.UTF_8));
    }

    String open(String partner, int type, byte[] sealed) {
        return new String(sealing.open(name(partner, type), sealed), StandardCharsets.UTF_8);
    }

    private static String name(String partner, int type) {
        return "callback " + partner + "/" + type;
    }
}
