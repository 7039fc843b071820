package routes.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import routes.config.ContextService;
import routes.delivery.Destination;
import routes.http.Request;
import routes.store.Database;

/** What waits for each destination, what somebody has paused, and which partners are left alone. */
@BindToRegistry("destinations")
public class Destinations extends ContextService {

    private static final String DESTINATION = "destination";

    private Reads reads;
    private Database database;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
    }

    /**
     * Destinations for which something waits or which are paused, the circuits of partners whose last attempt failed, and callbacks that
     * are suspended because their partner wanted no more.
     */
    public Map<String, Object> list(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        return reads.with(handle -> {
            Map<String, Map<String, Object>> destinations = new TreeMap<>();
            new Filter(Map.of())
                    .select(
                            handle,
                            database.sql("destinations_waiting"),
                            Map.of(),
                            query -> query.reduceRows(destinations, (all, row) -> {
                                Map<String, Object> view = of(all, row);
                                view.put("waiting", row.getColumn("deliveries", Long.class));
                                view.put("oldestDueAt", EventView.text(row, "oldest"));
                                return all;
                            }));
            database.query(handle, "destinations_paused").reduceRows(destinations, (all, row) -> {
                Map<String, Object> view = of(all, row);
                view.put("paused", true);
                view.put("pausedAt", EventView.text(row, "paused_at"));
                view.put("pausedBy", row.getColumn("paused_by", String.class));
                return all;
            });
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("destinations", destinations.values());
            answer.put("circuits", circuits(handle));
            answer.put("suspended", suspended(handle));
            return answer;
        });
    }

    private static Map<String, Object> of(Map<String, Map<String, Object>> all, RowView row) {
        return all.computeIfAbsent(row.getColumn(DESTINATION, String.class), destination -> {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put(DESTINATION, destination);
            view.put("waiting", 0L);
            view.put("oldestDueAt", null);
            view.put("paused", false);
            view.put("pausedAt", null);
            view.put("pausedBy", null);
            return view;
        });
    }

    private List<Map<String, Object>> suspended(Handle handle) {
        return database.query(handle, "callbacks_suspended").reduceRows(new ArrayList<>(), (list, row) -> {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("partner", row.getColumn("partner_id", String.class));
            view.put("notificationType", row.getColumn("notification_type", Integer.class));
            view.put("since", EventView.text(row, "updated_at"));
            list.add(view);
            return list;
        });
    }

    private List<Map<String, Object>> circuits(Handle handle) {
        return database.query(handle, "circuits_list").reduceRows(new ArrayList<>(), (list, row) -> {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("partner", Destination.name(row.getColumn("lane", String.class)));
            view.put("state", row.getColumn("state", String.class));
            view.put("failures", row.getColumn("failures", Integer.class));
            view.put("openings", row.getColumn("openings", Integer.class));
            view.put("until", EventView.text(row, "open_until"));
            view.put("since", EventView.text(row, "changed_at"));
            list.add(view);
            return list;
        });
    }
}
