package routes.auth;

import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import routes.http.Request;

/**
 * Lets in who puts into a header a JWT signed with a secret that both sides know. It shows that the sender knows the secret; of the
 * body it says nothing.
 */
public class JwtHeaderPolicy extends CheckPolicy {

    private static final String SCHEME = "bearer ";

    private final String header;
    private final HmacJwt jwt;

    /**
     * @param header has the token; also with {@code Bearer} before it, and in quotes
     * @param secrets any may have signed, comma-separated; none: nobody is let in
     */
    public JwtHeaderPolicy(String header, String secrets, long leewaySeconds, boolean expRequired) {
        this.header = header;
        this.jwt = new HmacJwt(Secrets.of(secrets), leewaySeconds, expRequired, Clock.systemUTC());
    }

    /** Whether there is a secret at all; a sender without one is off. */
    public boolean isOn() {
        return !jwt.secrets().isEmpty();
    }

    @Override
    void check(Exchange exchange) throws AccessDenied {
        List<String> values = Request.of(exchange).headers(header);
        if (values.isEmpty()) {
            throw denied(exchange, "missing_token", "no " + header + " header");
        }
        if (values.size() > 1 || !jwt.verifies(bare(values.get(0)))) {
            throw denied(exchange, "invalid_token", "the token in " + header + " is not valid, or no longer");
        }
    }

    private AccessDenied denied(Exchange exchange, String error, String description) {
        return new AccessDenied(exchange, 401, error, description, "JWT realm=\"" + header + "\"");
    }

    /** Without what people and proxies put around a token. */
    static String bare(String value) {
        String token = unquoted(value);
        return token.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? unquoted(token.substring(SCHEME.length()))
                : token;
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        boolean quoted = stripped.length() > 1
                && "\"'".indexOf(stripped.charAt(0)) >= 0
                && stripped.charAt(0) == stripped.charAt(stripped.length() - 1);
        return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
    }
}
