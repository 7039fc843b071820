package routes.support;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** The headers with which exchanges that come by HTTP begin, but for those that Camel itself makes of the request's address. */
public final class EntryHeaders extends EventNotifierSupport implements AutoCloseable {

    private static final Set<String> OF_THE_ADDRESS = Set.of(
            "CamelHttpPath",
            "CamelHttpMethod",
            "CamelHttpUrl",
            "CamelHttpUri",
            "CamelHttpQuery",
            "CamelHttpRawQuery",
            "CamelVertxPlatformHttpLocalAddress",
            "CamelVertxPlatformHttpRemoteAddress");

    private final CamelContext context;
    private final Set<String> names = new ConcurrentSkipListSet<>();

    public EntryHeaders(CamelContext context) {
        this.context = context;
        start();
        context.getManagementStrategy().addEventNotifier(this);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeCreatedEvent created
                && created.getExchange().getFromEndpoint().getEndpointUri().startsWith("platform-http:")) {
            for (Map.Entry<String, Object> header :
                    created.getExchange().getMessage().getHeaders().entrySet()) {
                if (!OF_THE_ADDRESS.contains(header.getKey())
                        || header.getValue() instanceof Iterable
                        || "hostile".equals(header.getValue())) {
                    names.add(header.getKey().toLowerCase(Locale.ROOT));
                }
            }
            names.add("seen");
        }
    }

    /** Their names since the last time, in small letters. */
    public Set<String> names() {
        if (!names.remove("seen")) {
            throw new AssertionError("nothing has come");
        }
        Set<String> seen = new TreeSet<>(names);
        names.clear();
        return seen;
    }

    @Override
    public void close() {
        context.getManagementStrategy().removeEventNotifier(this);
    }
}
