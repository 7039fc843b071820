package routes.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** Checks of a webhook's request that need nothing but its head. */
@BindToRegistry("guard")
public class Guard {

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

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
     * JSON in UTF-8, not compressed; or no Content-Type at all. Anything else is noted in the variables {@code invalid} and
     * {@code invalidStatus}, so that the notification is kept.
     *
     * @throws Refused 415 for a form, whose bytes the server has taken apart already
     */
    public void contentType(Exchange exchange) {
        Request request = Request.of(exchange);
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String media = type.split(";", 2)[0].strip();
        if (media.equals("application/x-www-form-urlencoded") || media.equals("multipart/form-data")) {
            throw new Refused(415, "invalid_request", "the body must be JSON");
        }
        exchange.setVariable("contentType", type.isEmpty() ? null : type);
        if (!media.isEmpty() && !media.equals("application/json") && !media.endsWith("+json")) {
            invalid(exchange, "the Content-Type is not JSON");
        } else if (!CHARSETS.contains(charset(type))) {
            invalid(exchange, "the charset is not UTF-8");
        } else if (!request.header("Content-Encoding").orElse("identity").equalsIgnoreCase("identity")) {
            invalid(exchange, "the body is compressed");
        }
    }

    private static String charset(String type) {
        int start = type.indexOf("charset=");
        return start < 0
                ? "utf-8"
                : type.substring(start + 8).split(";", 2)[0].replace("\"", "").strip();
    }

    private static void invalid(Exchange exchange, String reason) {
        exchange.setVariable("invalid", reason);
        exchange.setVariable("invalidStatus", 415);
    }
}
