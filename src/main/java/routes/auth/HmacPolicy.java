package routes.auth;

import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import routes.config.Settings;
import routes.http.Guard;
import routes.http.Request;

/**
 * Lets in who signs the body: a header has the HMAC-SHA256 of its bytes, as they came, in hex. It says nothing of the time, so what
 * was signed once is let in again.
 */
public class HmacPolicy extends CheckPolicy {

    private final List<String> headers;
    private final String prefix;
    private final Secrets secrets;
    private final int status;

    /** Who does not sign, or not so, is answered 401. */
    public HmacPolicy(String headers, String prefix, String secrets) {
        this(headers, prefix, secrets, 401);
    }

    /**
     * @param headers one of these has the signature, comma-separated; never two of them
     * @param prefix comes before the hex, in any case; or nothing
     * @param secrets any may have signed, comma-separated; none: nobody is let in
     * @param status of the answer to who does not sign, or not so
     */
    public HmacPolicy(String headers, String prefix, String secrets, int status) {
        this.headers = Settings.listed(headers);
        this.prefix = prefix;
        this.secrets = Secrets.of(secrets);
        this.status = status;
    }

    /** Whether there is a secret at all; a sender without one is off. */
    public boolean isOn() {
        return !secrets.isEmpty();
    }

    @Override
    void check(Exchange exchange) throws AccessDenied {
        Request request = Request.of(exchange);
        List<String> values = headers.stream()
                .flatMap(header -> request.headers(header).stream())
                .toList();
        if (values.isEmpty()) {
            throw denied(exchange, "missing_signature", "no " + headers.get(0) + " header");
        }
        Guard.bytes(request);
        if (values.size() > 1 || !signed(exchange, values.get(0).strip())) {
            throw denied(
                    exchange, "invalid_signature", "the signature in " + headers.get(0) + " is not that of the body");
        }
    }

    private boolean signed(Exchange exchange, String value) {
        if (!value.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return false;
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        try {
            byte[] signature = HexFormat.of().parseHex(value.substring(prefix.length()));
            return secrets.signed(body == null ? new byte[0] : body, signature, UnaryOperator.identity());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private AccessDenied denied(Exchange exchange, String error, String description) {
        return new AccessDenied(exchange, status, error, description, "HMAC-SHA256 realm=\"" + headers.get(0) + "\"");
    }
}
