package routes.auth;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in as the settings of a sender say that has several schemes to choose from. What is set by halves stops the start: nobody is
 * to believe that a sender is verified when it is not.
 */
public final class ChosenPolicy extends CheckPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(ChosenPolicy.class);
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /**
     * The settings.
     *
     * @param prefix of their names: {@code sender.<sender>}
     * @param scheme hmac, header, basic or none; empty: the sender is off
     * @param secrets for hmac and header, comma-separated
     * @param headerName for header
     * @param username for basic
     * @param password for basic, comma-separated
     */
    public record Settings(
            String prefix, String scheme, String secrets, String headerName, String username, String password) {

        /** Not the secrets. */
        @Override
        public String toString() {
            return "Settings[" + prefix + "]";
        }

        private String needed(String name, String value) {
            if (value.isBlank()) {
                throw missing(name);
            }
            return value.strip();
        }

        /** As they are set: where they are verified they are taken apart. */
        private String neededSecrets(String name, String value) {
            if (Secrets.of(value).isEmpty()) {
                throw missing(name);
            }
            return value;
        }

        private IllegalStateException missing(String name) {
            return wrong(name, "is empty, and " + scheme.strip() + " needs it");
        }

        private IllegalStateException wrong(String name, String what) {
            return new IllegalStateException(prefix + "." + name + " " + what);
        }
    }

    private final CheckPolicy chosen;

    /**
     * @param settings which scheme
     * @param signatureHeader for hmac: has the signature
     * @param signaturePrefix for hmac: comes before its hex
     */
    public ChosenPolicy(Settings settings, String signatureHeader, String signaturePrefix) {
        chosen = switch (settings.scheme.strip()) {
            case "" -> null;
            case "hmac" ->
                new HmacPolicy(signatureHeader, signaturePrefix, settings.neededSecrets("secrets", settings.secrets));
            case "header" ->
                new KeyHeaderPolicy(headerName(settings), settings.neededSecrets("secrets", settings.secrets));
            case "basic" -> new BasicPolicy(username(settings), settings.neededSecrets("password", settings.password));
            case "none" -> anybody(settings);
            default -> throw settings.wrong("auth", "must be hmac, header, basic or none; empty: off");
        };
    }

    private static String headerName(Settings settings) {
        String name = settings.needed("header-name", settings.headerName);
        if (!HEADER_NAME.matcher(name).matches()) {
            throw settings.wrong("header-name", "is no name of a header");
        }
        return name;
    }

    private static String username(Settings settings) {
        String name = settings.needed("username", settings.username);
        if (name.indexOf(':') >= 0) {
            throw settings.wrong("username", "must not have a colon");
        }
        return name;
    }

    private static CheckPolicy anybody(Settings settings) {
        LOG.warn("{}.auth = none: whoever reaches its path is believed", settings.prefix);
        return new CheckPolicy() {
            @Override
            void check(Exchange exchange) {
                // nothing to go by
            }
        };
    }

    /** Whether a scheme is chosen; a sender without one is off. */
    public boolean isOn() {
        return chosen != null;
    }

    @Override
    void check(Exchange exchange) throws AccessDenied {
        if (chosen == null) {
            throw new AccessDenied(exchange, 401, "missing_scheme", "there is no way in");
        }
        chosen.check(exchange);
    }
}
