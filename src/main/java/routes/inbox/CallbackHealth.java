package routes.inbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import routes.config.ContextService;
import routes.registry.NotificationTypes;
import routes.store.Database;

/** The callbacks of all partners, and how each is: what waits for it, whether it is paused or suspended, and whether its partner is left alone. */
@BindToRegistry("callback-health")
public class CallbackHealth extends ContextService {

    private static final int MOST = 500;

    private Reads reads;
    private Database database;
    private Destinations destinations;
    private NotificationTypes types;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        destinations = bean("destinations", Destinations.class);
        types = bean("notification-types", NotificationTypes.class);
    }

    /** {@code {"callbacks": [...], "more": <whether there are more than are shown>}}, by partner and notification type. */
    public Map<String, Object> list(Exchange exchange) {
        Map<String, Object> health = destinations.list(exchange);
        Map<Object, Map<?, ?>> waiting = by("destination", health.get("destinations"));
        Map<Object, Map<?, ?>> circuits = by("partner", health.get("circuits"));
        List<Map<String, Object>> found = reads.with(this::read);
        List<Map<String, Object>> shown = found.subList(0, Math.min(MOST, found.size()));
        shown.forEach(callback -> {
            callback.put("wait", waiting.get(callback.get("destination")));
            callback.put("circuit", circuits.get(callback.get("partner")));
        });
        return Map.of("callbacks", shown, "more", found.size() > MOST);
    }

    private static Map<Object, Map<?, ?>> by(String name, Object views) {
        Map<Object, Map<?, ?>> by = new HashMap<>();
        for (Object view : (Iterable<?>) views) {
            by.put(((Map<?, ?>) view).get(name), (Map<?, ?>) view);
        }
        return by;
    }

    private List<Map<String, Object>> read(Handle handle) {
        return database.query(handle, "callbacks_all")
                .bind("limit", MOST + 1)
                .reduceRows(new ArrayList<>(), (list, row) -> {
                    list.add(view(row));
                    return list;
                });
    }

    /** Of the URL the host only: partners may have a secret in the rest. */
    private Map<String, Object> view(RowView row) {
        String partner = row.getColumn("partner_id", String.class);
        int type = row.getColumn("notification_type", Integer.class);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("destination", "callback/" + partner + "/" + type);
        view.put("partner", partner);
        view.put("partnerName", row.getColumn("name", String.class));
        view.put("notificationType", type);
        view.put("notificationTypeName", types.name(type).orElse(null));
        view.put("host", URI.create(row.getColumn("url", String.class)).getAuthority());
        view.put("state", row.getColumn("state", String.class));
        view.put("updatedAt", EventView.text(row, "updated_at"));
        return view;
    }
}
