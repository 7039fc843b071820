package routes.auth;

import java.util.Map;
import org.apache.camel.CamelAuthorizationException;
import org.apache.camel.Exchange;
import routes.http.Refusal;

/** A request that is not let in; for access tokens in the words of RFC 6750 section 3. */
public class AccessDenied extends CamelAuthorizationException implements Refusal {

    private final int status;
    private final String error;
    private final String description;
    private final String challenge;

    /** A request without any token gets a challenge without an error code. */
    AccessDenied(Exchange exchange, int status, String error, String description) {
        this(
                exchange,
                status,
                error,
                description,
                error.equals("missing_token") ? "Bearer" : "Bearer error=\"" + error + "\"");
    }

    /** @param challenge the scheme by which one would be let in, as WWW-Authenticate has it */
    AccessDenied(Exchange exchange, int status, String error, String description, String challenge) {
        super(description, exchange);
        this.status = status;
        this.error = error;
        this.description = description;
        this.challenge = challenge;
    }

    /** Whether something was shown that might have been right. */
    boolean isAttempt() {
        return !error.startsWith("missing_");
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String error() {
        return error;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("WWW-Authenticate", challenge);
    }
}
