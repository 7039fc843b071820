package routes.delivery;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import routes.registry.NotificationTypes;

/**
 * Who performs what: the destinations that routers name, and the routes that deliver to them. (Public: the camel CLI makes an
 * instance of every class that it can.)
 */
public final class Performers {

    private final Set<DeliveryConsumer> consumers = new CopyOnWriteArraySet<>();
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    void started(DeliveryConsumer consumer) {
        consumers.add(consumer);
    }

    void stopped(DeliveryConsumer consumer) {
        consumers.remove(consumer);
    }

    Iterable<DeliveryConsumer> all() {
        return consumers;
    }

    /** A router says {@code to("delivery:<destination>")}. */
    void named(String destination) {
        named.add(destination);
    }

    /** Whether one of them has this name, as rows know it. */
    boolean hasRoute(String name) {
        return consumers.stream().anyMatch(consumer -> consumer.destination().equals(name));
    }

    /** The route for that destination: its own, or else that of its kind; null when there is none. */
    DeliveryConsumer of(String destination) {
        String performed = Destination.fansOut(destination) ? Destination.CALLBACK : destination;
        return consumers.stream()
                .filter(consumer -> consumer.performs(performed))
                .max(Comparator.comparing(consumer -> consumer.destination().length()))
                .orElse(null);
    }

    /** What of {@link #of} a row keeps, so that the route finds it. */
    static String route(DeliveryConsumer performer, String destination) {
        return performer == null ? destination : performer.destination();
    }

    /**
     * A destination that no route performs would collect deliveries for ever: better not to start.
     *
     * @throws IllegalStateException naming what is missing
     */
    void check(NotificationTypes types) {
        for (String destination : named) {
            if (of(destination) == null) {
                throw new IllegalStateException(
                        "no route performs [" + destination + "]: add from(\"delivery:...\") for it");
            }
            if (Destination.fansOut(destination)
                    && types.number(Destination.name(destination)).isEmpty()) {
                throw new IllegalStateException("a router names " + destination
                        + ", but no notification-type.<number> has this name or number");
            }
        }
    }
}
