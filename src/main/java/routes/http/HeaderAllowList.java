package routes.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import routes.config.Settings;

/**
 * Which headers get from a request to a route, and from a route to an answer; nobody's headers become options of a component, and nothing
 * of a request is echoed. Camel asks it for query parameters and form fields as well. Whoever decides on any of these asks {@link Request}.
 */
public class HeaderAllowList implements HeaderFilterStrategy {

    private static final String REQUESTS = "http.request-headers";
    private static final Set<String> ANSWERS = Set.of(
            "allow",
            "cache-control",
            "content-security-policy",
            "content-type",
            "hx-redirect",
            "location",
            "pragma",
            "referrer-policy",
            "retry-after",
            "set-cookie",
            "www-authenticate",
            "x-total-count");

    /** Read at the first request: Camel makes this when there is no bean yet to ask. */
    private volatile Set<String> requests;

    /** @throws IllegalArgumentException when a header is among them that Camel itself listens to */
    static Set<String> requests(Settings settings) {
        Set<String> names = settings.list(REQUESTS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        for (String name : names) {
            if (name.startsWith("camel") || name.startsWith("kafka.") || name.startsWith("org.apache.camel")) {
                throw new IllegalArgumentException(REQUESTS + " must not have headers that Camel listens to: " + name);
            }
        }
        return names;
    }

    /** @return whether it is left out */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ANSWERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @return whether it is left out */
    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        if (requests == null) {
            requests = requests(new Settings(exchange.getContext()));
        }
        return !requests.contains(name.toLowerCase(Locale.ROOT));
    }
}
