package routes.inbox;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.result.RowView;
import routes.config.ContextService;
import routes.delivery.Destination;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;

/** What the operators' API tells of deliveries that have ended: dead letters above all, by partner, destination and reason. */
@BindToRegistry("delivery-list")
public class DeliveryList extends ContextService {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final int MOST_GROUPS = 1000;
    /** With four digits of a year, as in a filter. */
    private static final Pattern CURSOR = Pattern.compile("([0-9]{4}-[0-9TZ:.-]{15,35})/([0-9a-f-]{36})");

    private static final Set<String> STATES = new TreeSet<>(Set.of("dead", "delivered", "suspended", "cancelled"));

    private Reads reads;
    private Database database;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
    }

    /**
     * A page of deliveries, the latest first: {@code {"deliveries": [...], "next": "<cursor>"}}, without {@code next} on the last page.
     *
     * @throws Refused 400 for a parameter that is unknown, repeated, or of the wrong form
     */
    public Map<String, Object> list(Exchange exchange) {
        Set<String> known = new TreeSet<>(Filter.Of.DELIVERIES.names());
        known.addAll(Set.of("limit", "cursor"));
        Map<String, String> parameters = Request.of(exchange).parameters(known);
        int limit = (int) Events.number(parameters, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        Map<String, Object> more = new HashMap<>(cursor(parameters));
        more.put("limit", limit + 1);
        List<Map<String, Object>> found = reads.with(handle -> filter(parameters)
                .select(
                        handle,
                        database.sql("deliveries_list"),
                        more,
                        query -> query.reduceRows(new ArrayList<>(), (list, row) -> {
                            list.add(view(row));
                            return list;
                        })));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("deliveries", found.subList(0, Math.min(limit, found.size())));
        if (found.size() > limit) {
            Map<String, Object> last = found.get(limit - 1);
            page.put("next", last.get("finishedAt") + "/" + last.get("id"));
        }
        return page;
    }

    private static Map<String, Object> cursor(Map<String, String> parameters) {
        if (!parameters.containsKey("cursor")) {
            return Map.of();
        }
        Matcher cursor = CURSOR.matcher(parameters.get("cursor"));
        try {
            if (cursor.matches()) {
                return Map.of(
                        "beforeTime",
                        OffsetDateTime.parse(cursor.group(1)),
                        "beforeId",
                        UUID.fromString(cursor.group(2)));
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // said below
        }
        throw Refused.badRequest("cursor must be what next was in the answer before");
    }

    /**
     * How many there are of each destination and reason, the most first.
     *
     * @throws Refused 400 for a parameter that is unknown, repeated, or of the wrong form
     */
    public Map<String, Object> summary(Exchange exchange) {
        Map<String, String> parameters = Request.of(exchange).parameters(Filter.Of.DELIVERIES.names());
        List<Map<String, Object>> groups = reads.with(handle -> filter(parameters)
                .select(
                        handle,
                        database.sql("deliveries_summary"),
                        Map.of("limit", MOST_GROUPS),
                        query -> query.reduceRows(new ArrayList<>(), (list, row) -> {
                            Map<String, Object> group = destination(row);
                            group.put("reason", row.getColumn("reason", String.class));
                            group.put("deliveries", row.getColumn("deliveries", Long.class));
                            group.put("oldest", EventView.text(row, "oldest"));
                            group.put("newest", EventView.text(row, "newest"));
                            list.add(group);
                            return list;
                        })));
        return Map.of("groups", groups);
    }

    /**
     * What these values ask for; of which state must be clear.
     *
     * @throws Refused 400 when it is a state in which nothing has ended
     */
    static Filter filter(Map<String, String> values) {
        Map<String, String> asked = new HashMap<>(values);
        if (!STATES.contains(asked.computeIfAbsent("state", none -> "dead"))) {
            throw Refused.badRequest("state must be one of " + String.join(", ", STATES));
        }
        return Filter.of(Filter.Of.DELIVERIES, asked);
    }

    /** As the API shows it. */
    static Map<String, Object> view(RowView row) {
        Map<String, Object> delivery = new LinkedHashMap<>();
        delivery.put("id", row.getColumn("delivery_id", UUID.class).toString());
        delivery.putAll(destination(row));
        for (String column : List.of("state", "reason")) {
            delivery.put(column, row.getColumn(column, String.class));
        }
        delivery.put("generation", row.getColumn("generation", Integer.class));
        delivery.put("dueAt", EventView.text(row, "due_at"));
        delivery.put("finishedAt", EventView.text(row, "finished_at"));
        delivery.put("eventId", row.getColumn("event_id", UUID.class).toString());
        for (String column : List.of("sender", "type", "status", "subject", "tenant")) {
            delivery.put(column, row.getColumn(column, String.class));
        }
        return delivery;
    }

    private static Map<String, Object> destination(RowView row) {
        String destination = row.getColumn("destination", String.class);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("destination", destination);
        view.put("partner", Destination.partner(destination).orElse(null));
        return view;
    }
}
