package routes.auth;

import java.util.List;
import org.apache.camel.Exchange;
import routes.http.Request;

/** Lets in who has a key that both sides know in a header. It says nothing of the body. */
public class KeyHeaderPolicy extends CheckPolicy {

    private final String header;
    private final Secrets keys;

    /**
     * @param header has the key
     * @param keys any will do, comma-separated; none: nobody is let in
     */
    public KeyHeaderPolicy(String header, String keys) {
        this.header = header;
        this.keys = Secrets.of(keys);
    }

    /** Whether there is a key at all; a sender without one is off. */
    public boolean isOn() {
        return !keys.isEmpty();
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
