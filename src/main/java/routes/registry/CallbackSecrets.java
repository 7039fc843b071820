package routes.registry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import routes.sealing.Sealing;

/** What callbacks are signed with, as Standard Webhooks writes it, and what else of them is secret: sealed in the database. */
final class CallbackSecrets {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Sealing sealing;

    CallbackSecrets(Sealing sealing) {
        this.sealing = sealing;
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

    /** Null where there is nothing to seal. */
    byte[] sealSettings(String partner, int type, CallbackSettings settings) {
        return settings.isNone() ? null : sealing.seal(settingsName(partner, type), settings.toBytes());
    }

    CallbackSettings openSettings(String partner, int type, byte[] sealed) {
        return sealed == null
                ? CallbackSettings.NONE
                : CallbackSettings.of(sealing.open(settingsName(partner, type), sealed));
    }

    /** Null where there are none. */
    byte[] sealPrevious(String partner, int type, List<PreviousSecret> previous) {
        return previous.isEmpty() ? null : sealing.seal(previousName(partner, type), PreviousSecret.toBytes(previous));
    }

    /** Those that still sign. */
    List<PreviousSecret> openPrevious(String partner, int type, byte[] sealed) {
        return sealed == null ? List.of() : PreviousSecret.good(sealing.open(previousName(partner, type), sealed));
    }

    private static String previousName(String partner, int type) {
        return "secrets before, of " + name(partner, type);
    }

    private static String name(String partner, int type) {
        return "callback " + partner + "/" + type;
    }

    private static String settingsName(String partner, int type) {
        return "settings of " + name(partner, type);
    }
}
