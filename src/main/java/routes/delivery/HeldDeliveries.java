package routes.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import routes.store.Database;

/**
 * Deliveries that are kept back for long, put away: each sweep would have to pass over them otherwise, and a partner that is down for
 * days would slow down everybody else's. They have no due time, and a route that nobody sweeps.
 */
record HeldDeliveries(Database database) {

    private static final int AT_ONCE = 10_000;
    private static final int FOR_A_PROBE = 32;
    private static final String HELD = "held ";

    /** Puts away what is due and kept back; and has due what is not kept back any more, so much of each lane at a time. */
    void arrange(String route, Holds holds) {
        Collection<String> lanes = holds.lanes();
        if (!lanes.isEmpty()) {
            database.inTransaction(handle -> {
                List<UUID> ids = database.query(handle, "delivery_holdable")
                        .bind("route", route)
                        .bindArray("lanes", String.class, lanes)
                        .bindArray("paused", String.class, holds.paused())
                        .bind("limit", AT_ONCE)
                        .mapTo(UUID.class)
                        .list();
                return handle.createUpdate(database.sql("delivery_hold"))
                        .bindArray("ids", UUID.class, ids)
                        .execute();
            });
        }
        for (Optional<String> lane = next(route, ""); lane.isPresent(); lane = next(route, lane.get())) {
            if (!lanes.contains(lane.get())) {
                letGo(route, lane.get(), holds);
            }
        }
    }

    /** The route that performs what is put away under that name, or the same name, if nothing is. */
    static String performer(String route) {
        return route.startsWith(HELD) ? route.substring(HELD.length()) : route;
    }

    /**
     * Has due what was put away for a route that is not there any more, so that whoever performs it now adopts it.
     *
     * @param performed whether there is a route of that name
     */
    void adopt(Predicate<String> performed) {
        for (Optional<String> route = nextRoute(""); route.isPresent(); route = nextRoute(route.get())) {
            String name = performer(route.get());
            if (!name.equals(route.get()) && !performed.test(name)) {
                for (Optional<String> lane = next(name, ""); lane.isPresent(); lane = next(name, lane.get())) {
                    letGo(name, lane.get(), Holds.NONE);
                }
            }
        }
    }

    private Optional<String> nextRoute(String after) {
        return database.with(handle -> database.query(handle, "delivery_next_route")
                .bind("after", after)
                .mapTo(String.class)
                .findOne());
    }

    private Optional<String> next(String route, String after) {
        return database.with(handle -> database.query(handle, "delivery_held_lane")
                .bind("held", HELD + route)
                .bind("after", after)
                .mapTo(String.class)
                .findOne());
    }

    /** A few are enough to find out how a partner is: of some it turns out that they are not wanted any more. */
    private void letGo(String route, String lane, Holds holds) {
        int limit = holds.probes().contains(lane) ? FOR_A_PROBE : AT_ONCE;
        database.inTransaction(handle -> handle.createUpdate(database.sql("delivery_let_go"))
                .bind("route", route)
                .bindArray("ids", UUID.class, held(handle, route, lane, holds.paused(), limit))
                .execute());
    }

    private List<UUID> held(Handle handle, String route, String lane, Set<String> paused, int limit) {
        return database.query(handle, "delivery_held")
                .bind("held", HELD + route)
                .bind("lane", lane)
                .bindArray("paused", String.class, paused)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }
}
