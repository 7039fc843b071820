package routes.http;

import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** Checks of a webhook's request that need nothing but its head. */
@BindToRegistry("guard")
public class Guard {

    /**
     * No webhook has query parameters, and Camel would take them for headers.
     *
     * @throws Refused 400
     */
    public void noQuery(Exchange exchange) {
        if (Request.of(exchange).hasQuery()) {
            throw Refused.badRequest("a webhook takes no query parameters");
        }
    }

    /**
     * Notes what is not JSON, see {@link BodyType#noteIn}.
     *
     * @throws Refused 415 for a form
     */
    public void contentType(Exchange exchange) {
        bytes(Request.of(exchange)).noteIn(exchange);
    }

    /**
     * What the head says of the body, whose bytes are asked for.
     *
     * @throws Refused 415 for a form: of that there are none left
     */
    public static BodyType bytes(Request request) {
        BodyType type = BodyType.of(request.header("Content-Type"), request.header("Content-Encoding"));
        if (type.isForm()) {
            throw new Refused(415, "invalid_request", "the body must be JSON");
        }
        return type;
    }

    /** Whether the request has no body at all. */
    public boolean isEmpty(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null || body.length == 0;
    }
}
