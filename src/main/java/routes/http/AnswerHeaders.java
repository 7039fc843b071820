package routes.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Which headers an answer may have, whatever is left on the message: nothing of a request is echoed. (Camel's own strategy
 * also drops Cache-Control, which a token must be answered with.)
 */
public class AnswerHeaders extends HttpHeaderFilterStrategy {

    private static final Set<String> ALLOWED = Set.of(
            "allow", "cache-control", "content-type", "pragma", "retry-after", "www-authenticate", "x-total-count");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
    }
}
