package routes.auth;

import java.util.Map;
import org.apache.camel.CamelAuthorizationException;
import org.apache.camel.Exchange;
import routes.http.Refusal;

/** A request that is not let in, in the words of RFC 6750 section 3. */
public class AccessDenied extends CamelAuthorizationException implements Refusal {

    private final int status;
    private final String error;
    private final String description;

    AccessDenied(Exchange exchange, int status, String error, String description) {
        super(description, exchange);
        this.status = status;
        this.error = error;
        this.description = description;
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

    /** A request without any token gets a challenge without an error code. */
    @Override
    public Map<String, String> headers() {
        String challenge = error.equals("missing_token") ? "Bearer" : "Bearer error=\"" + error + "\"";
        return Map.of("WWW-Authenticate", challenge);
    }
}
