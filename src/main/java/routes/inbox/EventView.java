package routes.inbox;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import routes.store.Database;

/** Events, deliveries and attempts as the API shows them: times as ISO 8601 in UTC, never a payload. */
final class EventView {

    private EventView() {}

    /** Adds the event of the row to the list, with no deliveries yet. */
    static List<Map<String, Object>> addEvent(List<Map<String, Object>> events, RowView row) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", row.getColumn("event_id", UUID.class).toString());
        for (String column : List.of(
                "sender", "type", "status", "subject", "tenant", "subtenant", "correlation_id", "state", "reason")) {
            event.put(camelCase(column), row.getColumn(column, String.class));
        }
        event.put("test", row.getColumn("test", Boolean.class));
        event.put("occurredAt", text(row, "occurred_at"));
        event.put("receivedAt", text(row, "received_at"));
        event.put("sequence", row.getColumn("commit_sequence", Long.class));
        event.put("deliveries", new ArrayList<Map<String, Object>>());
        events.add(event);
        return events;
    }

    /** Fills in the deliveries of these events, and the attempts of each delivery, the oldest first. */
    static void addDeliveries(Database database, Handle handle, Collection<Map<String, Object>> events) {
        Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.put(event.get("id").toString(), event));
        Map<UUID, List<Map<String, Object>>> attempts = new LinkedHashMap<>();
        List<UUID> ids = byId.keySet().stream().map(UUID::fromString).toList();
        database.query(handle, "events_deliveries")
                .bindArray("ids", UUID.class, ids)
                .reduceRows(attempts, (found, row) -> {
                    Map<String, Object> delivery = new LinkedHashMap<>();
                    List<Map<String, Object>> tries = new ArrayList<>();
                    UUID id = row.getColumn("delivery_id", UUID.class);
                    delivery.put("id", id.toString());
                    delivery.put("destination", row.getColumn("destination", String.class));
                    delivery.put("state", row.getColumn("state", String.class));
                    delivery.put("reason", row.getColumn("reason", String.class));
                    delivery.put("dueAt", text(row, "due_at"));
                    delivery.put("finishedAt", text(row, "finished_at"));
                    delivery.put("attempts", tries);
                    list(byId.get(row.getColumn("event_id", UUID.class).toString()), "deliveries")
                            .add(delivery);
                    found.put(id, tries);
                    return found;
                });
        database.query(handle, "events_attempts")
                .bindArray("ids", UUID.class, List.copyOf(attempts.keySet()))
                .reduceRows(attempts, (found, row) -> {
                    Map<String, Object> attempt = new LinkedHashMap<>();
                    attempt.put("startedAt", text(row, "started_at"));
                    attempt.put("durationMs", row.getColumn("duration_ms", Long.class));
                    attempt.put("outcome", row.getColumn("outcome", String.class));
                    attempt.put("status", row.getColumn("status", Integer.class));
                    attempt.put("reason", row.getColumn("reason", String.class));
                    found.get(row.getColumn("delivery_id", UUID.class)).add(attempt);
                    return found;
                });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> map, String name) {
        return (List<Map<String, Object>>) map.get(name);
    }

    static String text(RowView row, String column) {
        return text(row.getColumn(column, OffsetDateTime.class));
    }

    /** The time as the API shows it; null stays null. */
    static String text(OffsetDateTime time) {
        return time == null ? null : time.toInstant().toString();
    }

    private static String camelCase(String column) {
        int line = column.indexOf('_');
        return line < 0
                ? column
                : column.substring(0, line)
                        + column.substring(line + 1, line + 2).toUpperCase(Locale.ROOT)
                        + column.substring(line + 2);
    }
}
