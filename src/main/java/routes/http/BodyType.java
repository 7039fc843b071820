package routes.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * What the head of a request says of its body.
 *
 * @param contentType in small letters; empty: it says nothing
 * @param encoding {@code identity}: not compressed
 */
public record BodyType(String contentType, String encoding) {

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    /** From the two headers that say it, where they are. */
    public static BodyType of(Optional<String> contentType, Optional<String> contentEncoding) {
        return new BodyType(contentType.orElse("").toLowerCase(Locale.ROOT), contentEncoding.orElse("identity"));
    }

    /** Whether the server has taken it apart already, so that its bytes are gone. */
    public boolean isForm() {
        return media().equals("application/x-www-form-urlencoded") || media().equals("multipart/form-data");
    }

    /**
     * JSON in UTF-8, not compressed, or no Content-Type at all, is what can be used. Anything else is noted in the variables {@code
     * invalid} and {@code invalidStatus}, so that the notification is kept.
     */
    public void noteIn(Exchange exchange) {
        exchange.setVariable("contentType", contentType.isEmpty() ? null : contentType);
        if (!media().isEmpty() && !media().equals("application/json") && !media().endsWith("+json")) {
            invalid(exchange, "the Content-Type is not JSON");
        } else if (!CHARSETS.contains(charset())) {
            invalid(exchange, "the charset is not UTF-8");
        } else if (!encoding.equalsIgnoreCase("identity")) {
            invalid(exchange, "the body is compressed");
        }
    }

    private String media() {
        return contentType.split(";", 2)[0].strip();
    }

    private String charset() {
        int start = contentType.indexOf("charset=");
        return start < 0
                ? "utf-8"
                : contentType
                        .substring(start + 8)
                        .split(";", 2)[0]
                        .replace("\"", "")
                        .strip();
    }

    private static void invalid(Exchange exchange, String reason) {
        exchange.setVariable("invalid", reason);
        exchange.setVariable("invalidStatus", 415);
    }
}
