package routes.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Exchange;
import routes.config.Settings;
import routes.http.Request;

/** Lets in who has the name and one of the passwords (RFC 7617). It says nothing of the body. */
public class BasicPolicy extends CheckPolicy {

    private static final String SCHEME = "basic ";

    private final Secrets credentials;

    /**
     * @param username without a colon, which would belong to the password
     * @param passwords any will do, comma-separated; none: nobody is let in
     */
    public BasicPolicy(String username, String passwords) {
        this.credentials = new Secrets(Settings.listed(passwords).stream()
                .map(password -> username + ":" + password)
                .toList());
    }

    /** Whether there is a password at all; a sender without one is off. */
    public boolean isOn() {
        return !credentials.isEmpty();
    }

    @Override
    void check(Exchange exchange) throws AccessDenied {
        List<String> values = Request.of(exchange).headers("Authorization");
        if (values.isEmpty()) {
            throw denied(exchange, "missing_credentials", "no Authorization header");
        }
        if (values.size() > 1 || !credentials.contains(decoded(values.get(0)))) {
            throw denied(exchange, "invalid_credentials", "the name or the password is not the one");
        }
    }

    /** Empty when it is something else than name and password. */
    private static String decoded(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return "";
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static AccessDenied denied(Exchange exchange, String error, String description) {
        return new AccessDenied(exchange, 401, error, description, "Basic realm=\"webhooks\", charset=\"UTF-8\"");
    }
}
