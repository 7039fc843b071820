package routes.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import routes.sealing.Payloads;
import routes.store.BoundRows;
import routes.store.Database;

/**
 * The table {@code delivery}: claims with a lease; what comes of them is in {@link ResultTable}. All times are the database's, so
 * that the clocks of the instances do not matter.
 */
final class DeliveryStore {

    private static final int MAX_LOOKS = 8;

    private final Database database;
    private final Payloads payloads;
    private final CircuitTable circuits;
    private final UUID owner;
    private final Duration lease;

    /** @param owner a random id of this process */
    DeliveryStore(Database database, Payloads payloads, CircuitTable circuits, UUID owner, Duration lease) {
        this.database = database;
        this.payloads = payloads;
        this.circuits = circuits;
        this.owner = owner;
        this.lease = lease;
    }

    /** What is kept back now. */
    Holds holds() {
        return circuits.holds();
    }

    /**
     * Claims due deliveries of a route.
     *
     * @param route the route's destination, or the kind that it performs
     * @param choice which and how many
     */
    List<Claim> claim(String route, Lanes.Choice choice) {
        long leaseEnd = leaseEnd();
        return database.inTransaction(handle -> {
            Set<UUID> due = due(handle, route, choice);
            if (due.isEmpty()) {
                return List.of();
            }
            List<Claim> claims = database.query(handle, "delivery_lock")
                    .bindArray("ids", UUID.class, due)
                    .map((row, context) -> new Claim(
                            row.getObject("delivery_id", UUID.class),
                            row.getObject("event_id", UUID.class),
                            row.getString("destination"),
                            row.getLong("claim_number") + 1,
                            row.getInt("attempts") + 1,
                            row.getInt("generation"),
                            leaseEnd,
                            choice.isProbe(Destination.lane(row.getString("destination")))))
                    .list();
            Set<String> lost = lostProbes(handle, claims);
            claims.removeIf(claim -> claim.probe() && lost.contains(claim.lane()));
            handle.createUpdate(database.sql("delivery_claim"))
                    .bind("owner", owner)
                    .bind("leaseMillis", lease.toMillis())
                    .bindArray(
                            "ids",
                            UUID.class,
                            claims.stream().map(Claim::deliveryId).toList())
                    .execute();
            return claims;
        });
    }

    /** Lanes whose probe another instance makes. In one order, as their circuits are locked. */
    private Set<String> lostProbes(Handle handle, List<Claim> claims) {
        return claims.stream()
                .filter(Claim::probe)
                .map(Claim::lane)
                .sorted()
                .filter(lane -> !circuits.probe(handle, lane, lease))
                .collect(Collectors.toSet());
    }

    /** Looks again without the lanes that have filled up, so that behind a long backlog of one lane the others are found. */
    private Set<UUID> due(Handle handle, String route, Lanes.Choice choice) {
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            Set<String> passedOver = choice.passedOver();
            int rows = database.query(handle, "delivery_due")
                    .bind("route", route)
                    .bindArray("passedOver", String.class, passedOver)
                    .bindArray("paused", String.class, choice.paused())
                    .bind("window", choice.window())
                    .reduceRows(0, (count, row) -> {
                        choice.offer(row.getColumn("delivery_id", UUID.class), row.getColumn("lane", String.class));
                        return count + 1;
                    });
            boolean seenAll = rows < choice.window() || choice.passedOver().equals(passedOver);
            if (seenAll || choice.isComplete()) {
                break;
            }
        }
        return choice.ids();
    }

    /** When a lease that the database starts now or later ends, by our own clock. */
    long leaseEnd() {
        return System.nanoTime() + lease.toNanos();
    }

    /**
     * Adds those deliveries that their events do not have yet, within the transaction of the handle.
     *
     * @param deliveries those already reserved are inserted with a lease, the others due at once
     * @return how many were missing
     */
    int insert(Handle handle, List<PlannedDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return 0;
        }
        BoundRows<PlannedDelivery> rows =
                new BoundRows<>(handle.createUpdate(database.sql("delivery_insert")), deliveries);
        return rows.column("deliveryId", UUID.class, PlannedDelivery::deliveryId)
                .column("eventId", UUID.class, PlannedDelivery::eventId)
                .column("destination", String.class, PlannedDelivery::destination)
                .column("lane", String.class, delivery -> Destination.lane(delivery.destination()))
                .column("route", String.class, PlannedDelivery::route)
                .column("reserved", Boolean.class, PlannedDelivery::reserved)
                .update()
                .bind("leaseMillis", lease.toMillis())
                .bind("owner", owner)
                .execute();
    }

    /**
     * Adds a delivery for each callback of that notification type whose partner may see the event, due at once; within the
     * transaction that stores the events.
     *
     * @param route the route that performs callbacks
     * @return how many
     */
    int fanOut(Handle handle, String notificationType, String route, List<Origin> events) {
        BoundRows<Origin> rows = new BoundRows<>(handle.createUpdate(database.sql("delivery_fan_out")), events);
        return rows.column("eventId", UUID.class, Origin::eventId)
                .column("sender", String.class, Origin::sender)
                .column("tenant", String.class, event -> event.tenant() == null ? "" : event.tenant())
                .column("eventType", String.class, Origin::type)
                .column("status", String.class, Origin::status)
                .update()
                .bind("type", notificationType)
                .bind("route", route)
                .execute();
    }

    /**
     * Hands due deliveries over to the routes of today: since they were planned, a route may have been renamed, split, joined or
     * stopped.
     *
     * @param performer the route that performs a destination now; null: none here
     */
    void adopt(UnaryOperator<String> performer) {
        database.inTransaction(handle -> {
            database.query(handle, "delivery_unperformed")
                    .mapToMap(String.class)
                    .list()
                    .forEach(row -> {
                        String route = performer.apply(row.get("destination"));
                        if (route != null && !route.equals(row.get("route"))) {
                            handle.createUpdate(database.sql("delivery_adopt"))
                                    .bind("newRoute", route)
                                    .bindMap(row)
                                    .execute();
                        }
                    });
            return null;
        });
    }

    /** Makes due what was set aside for a callback that is active by now. */
    void adoptSetAside() {
        database.inTransaction(handle ->
                handle.createUpdate(database.sql("delivery_set_aside")).execute());
    }

    /** Gives claims back that were not attempted: whoever sweeps next may have them at once. */
    void release(Collection<Claim> claims) {
        database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(database.sql("delivery_release"));
            for (Claim claim : claims) {
                batch.bind("deliveryId", claim.deliveryId())
                        .bind("owner", owner)
                        .bind("claimNumber", claim.number())
                        .add();
            }
            return batch.execute();
        });
    }

    /**
     * The event of a claim; empty when it was erased.
     *
     * @param payload whether it is wanted with its payload
     */
    Optional<Notification> event(UUID eventId, boolean payload) {
        return Optional.ofNullable(events(List.of(eventId), payload).get(eventId));
    }

    /** As {@link #event}, of many claims. */
    Map<UUID, Notification> events(Collection<UUID> eventIds, boolean payload) {
        return database.with(handle -> database.query(handle, "event_notification")
                .bindArray("ids", UUID.class, eventIds)
                .bind("payload", payload)
                .map((row, context) -> {
                    UUID event = row.getObject("event_id", UUID.class);
                    return new Notification(
                            event,
                            row.getString("sender"),
                            row.getString("type"),
                            row.getString("status"),
                            row.getString("subject"),
                            row.getString("tenant"),
                            row.getString("correlation_id"),
                            row.getObject("occurred_at", OffsetDateTime.class),
                            row.getObject("received_at", OffsetDateTime.class),
                            row.getString("event_order"),
                            row.getString("traceparent"),
                            payloads.open(event, row).orElse(null));
                })
                .collect(Collectors.toMap(Notification::eventId, Function.identity())));
    }
}
