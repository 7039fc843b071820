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
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.DeliveryComponent;
import routes.delivery.Destination;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;

/** What waits for each destination, what somebody has paused, and which partners are left alone. */
@BindToRegistry("destinations")
public class Destinations extends ContextService {

    private static final String DESTINATION = "destination";

    private Reads reads;
    private Database database;
    private DeliveryComponent deliveries;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
    }

    /** Destinations for which something waits or which are paused, and the circuits of partners whose last attempt failed. */
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

    /** What goes there waits, on all instances within about a second; what is under way is finished. */
    public Map<String, Object> pause(Exchange exchange) {
        return change(
                exchange,
                "pause destination",
                (handle, destination, actor) -> handle.createUpdate(database.sql("paused_insert"))
                                .bind(DESTINATION, destination)
                                .bind("pausedBy", actor)
                                .execute()
                        == 1);
    }

    /** What waits there is due, also what was set aside. */
    public Map<String, Object> resume(Exchange exchange) {
        return change(exchange, "resume destination", (handle, destination, actor) -> {
            handle.createUpdate(database.sql("delivery_resume"))
                    .bind(DESTINATION, destination)
                    .bind("all", true)
                    .execute();
            return handle.createUpdate(database.sql("paused_delete"))
                            .bind(DESTINATION, destination)
                            .execute()
                    == 1;
        });
    }

    private interface Change {
        boolean make(Handle handle, String destination, String actor);
    }

    private Map<String, Object> change(Exchange exchange, String action, Change change) {
        JsonFields fields = JsonFields.of(exchange, Set.of(DESTINATION));
        String destination = fields.text(DESTINATION).orElseThrow(() -> Refused.badRequest("destination is missing"));
        if (!deliveries.performs(destination)) {
            throw new Refused(404, "not_found", "there is no such destination");
        }
        String actor = Caller.of(exchange).client();
        boolean changed = reads.inTransaction(handle -> {
            boolean done = change.make(handle, destination, actor);
            String detail = done ? "done" : "nothing changed";
            Events.audit(database, handle, actor, action, DESTINATION + " " + destination, detail);
            return done;
        });
        deliveries.wake(List.of(destination));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(DESTINATION, destination);
        answer.put("changed", changed);
        return answer;
    }
}
