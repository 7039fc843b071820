package routes.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import routes.config.ContextService;

/**
 * Which headers get from a request to a route, and from a route to an answer; nobody's headers become options of a component, and nothing
 * of a request is echoed. Camel asks it for query parameters and form fields as well. Whoever decides on any of these asks {@link Request}.
 */
@BindToRegistry("header-allow-list")
public class HeaderAllowList extends ContextService implements HeaderFilterStrategy {

    private static final Set<String> ANSWERS = Set.of(
            "allow", "cache-control", "content-type", "pragma", "retry-after", "www-authenticate", "x-total-count");

    private volatile Set<String> requests = Set.of();

    @Override
    protected void doStart() {
        requests = settings().list("http.request-headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        for (String name : requests) {
            if (name.startsWith("camel") || name.startsWith("kafka.") || name.startsWith("org.apache.camel")) {
                throw new IllegalArgumentException(
                        "http.request-headers must not have headers that Camel listens to: " + name);
            }
        }
    }

    /** @return whether it is left out */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ANSWERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @return whether it is left out */
    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !requests.contains(name.toLowerCase(Locale.ROOT));
    }
}
