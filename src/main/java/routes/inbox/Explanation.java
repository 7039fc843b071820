package routes.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import routes.delivery.Destination;

/** What the inbox would make of an event, as the API tells it: metadata only, and names instead of what may be somebody's data. */
record Explanation(EventTable table, Handle handle) {

    /**
     * Tells of an event that is not stored.
     *
     * @param schema the name of its schema, or null
     * @param identity the names of the variables that make its id
     */
    Map<String, Object> of(Event event, String schema, List<String> identity) {
        UUID id = settledId(event);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sender", event.sender());
        told.put("state", event.state().toString());
        told.put("reason", event.reason());
        told.put("schema", schema);
        told.put("type", event.type());
        told.put("status", event.status());
        told.put("subject", event.subject());
        told.put("tenant", event.tenant());
        told.put("subtenant", event.subtenant());
        told.put("correlationId", event.correlationId());
        told.put("occurredAt", EventView.text(event.occurredAt()));
        told.put("pending", event.pending());
        told.put("test", event.test());
        told.put("eventId", id.toString());
        told.put("identity", identity);
        told.put("knownAs", knownAs(id));
        told.put("deliveries", deliveries(event));
        return told;
    }

    /** The same bytes not long ago are the same notification, see {@link Identity}. */
    private UUID settledId(Event event) {
        List<UUID> neighbours = event.identity().neighbours();
        return neighbours.isEmpty()
                ? event.id()
                : Identity.settled(List.of(event), table.ages(handle, neighbours))
                        .get(0)
                        .id();
    }

    /** The state of the event that has the id already, or null. */
    private String knownAs(UUID id) {
        return table.database()
                .query(handle, "event_get")
                .bind("eventId", id)
                .map((row, context) -> row.getString("state"))
                .findOne()
                .orElse(null);
    }

    private List<Map<String, Object>> deliveries(Event event) {
        List<Map<String, Object>> deliveries = new ArrayList<>();
        event.destinations().stream().sorted().forEach(destination -> {
            Map<String, Object> delivery = new LinkedHashMap<>();
            delivery.put("destination", destination);
            if (Destination.fansOut(destination)) {
                delivery.put("partners", partners(event, destination));
            }
            deliveries.add(delivery);
        });
        return deliveries;
    }

    private List<String> partners(Event event, String destination) {
        return table.database()
                .query(handle, "delivery_partners")
                .bind("sender", event.sender())
                .bind("tenant", event.tenant() == null ? "" : event.tenant())
                .bind("type", Destination.name(destination))
                .bind("eventType", event.type())
                .bind("status", event.status())
                .mapTo(String.class)
                .list();
    }
}
