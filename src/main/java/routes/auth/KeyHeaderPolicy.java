package routes.auth;

import java.util.List;
import org.apache.camel.Exchange;
import routes.http.Request;

/** Lets in who has a key that both sides know in a header. It says nothing of the body. */
class KeyHeaderPolicy extends CheckPolicy {

    private final String header;
    private final Secrets keys;

    /** @param keys any will do */
    KeyHeaderPolicy(String header, Secrets keys) {
        this.header = header;
        this.keys = keys;
    }

    @Override
    void check(Exchange exchange) throws AccessDenied {
        List<String> values = Request.of(exchange).headers(header);
        if (values.isEmpty()) {
            throw denied(exchange, "missing_key", "no " + header + " header");
        }
        if (values.size() > 1 || !keys.contains(values.get(0).strip())) {
            throw denied(exchange, "invalid_key", "the key in " + header + " is not the one");
        }
    }

    private AccessDenied denied(Exchange exchange, String error, String description) {
        return new AccessDenied(exchange, 401, error, description, "ApiKey realm=\"" + header + "\"");
    }
}
