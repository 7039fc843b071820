package routes.auth;

import java.util.Map;
import routes.http.Refusal;

/** An error answer of the token endpoint, RFC 6749 section 5.2. */
public class TokenError extends RuntimeException implements Refusal {

    private final int status;
    private final String error;
    private final boolean basic;

    private TokenError(int status, String error, String description, boolean basic) {
        super(description);
        this.status = status;
        this.error = error;
        this.basic = basic;
    }

    static TokenError invalidRequest(String description) {
        return new TokenError(400, "invalid_request", description, false);
    }

    static TokenError unsupportedGrantType() {
        return new TokenError(400, "unsupported_grant_type", "only client_credentials is supported", false);
    }

    static TokenError invalidScope() {
        return new TokenError(400, "invalid_scope", "a scope is not one of the client's", false);
    }

    /** @param basic whether the client came with HTTP Basic, and so must get its challenge */
    static TokenError invalidClient(boolean basic) {
        return new TokenError(401, "invalid_client", "client authentication failed", basic);
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
        return getMessage();
    }

    @Override
    public Map<String, String> headers() {
        return basic ? Map.of("WWW-Authenticate", "Basic realm=\"token\"") : Map.of();
    }
}
