package routes.delivery;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * What a router has named so far for the notification on this exchange. The ingress opens one; copies of the exchange
 * (multicast) share it; the commit closes it, and from then on naming a delivery is an error of the route's author.
 */
public final class Plan {

    private static final String PROPERTY = "plan";

    private final Set<String> destinations = new LinkedHashSet<>();
    private boolean parked;
    private boolean closed;

    private Plan() {}

    /** Opens an empty plan on the exchange. */
    public static void open(Exchange exchange) {
        exchange.setProperty(PROPERTY, new Plan());
    }

    /** @throws IllegalStateException when the exchange has none: it did not come through the route {@code accept} */
    public static Plan of(Exchange exchange) {
        Plan plan = exchange.getProperty(PROPERTY, Plan.class);
        if (plan == null) {
            throw new IllegalStateException(
                    "to(\"delivery:...\") needs an open plan: use it in a router behind accept");
        }
        return plan;
    }

    synchronized void add(String destination) {
        checkOpen();
        destinations.add(destination);
    }

    synchronized void park() {
        checkOpen();
        parked = true;
    }

    /** Nobody but our own tables is to get it. */
    synchronized void tablesOnly() {
        checkOpen();
        destinations.removeIf(destination -> !Destination.isTable(destination));
    }

    /** A way has been found after all; it names the deliveries, or parks again. */
    public synchronized void unpark() {
        checkOpen();
        parked = false;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "to(\"delivery:...\") came after the commit: name deliveries in the router");
        }
    }

    /** No more deliveries from here on. */
    public synchronized Plan close() {
        closed = true;
        return this;
    }

    /** The destinations named, each once. */
    public synchronized Set<String> destinations() {
        return Set.copyOf(destinations);
    }

    /** Whether the router knew no way for it. */
    public synchronized boolean parked() {
        return parked;
    }
}
