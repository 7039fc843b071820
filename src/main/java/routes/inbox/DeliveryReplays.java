package routes.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.DeliveryComponent;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;

/**
 * Deliveries that have ended, and are made once more under the same id: one, or all that a filter finds, so many a second. Their turns
 * are in the database from the beginning, so that a replay survives whoever began it, and is cancelled by taking back what nobody
 * has tried yet.
 */
@BindToRegistry("delivery-replays")
public class DeliveryReplays extends ContextService {

    private static final Set<String> FIELDS = Set.of("filter", "preview", "rate", "limit");
    private static final int DEFAULT_RATE = 10;
    private static final int MAX_RATE = 1000;
    private static final int DEFAULT_LIMIT = 1000;
    private static final int MAX_LIMIT = 10_000;
    private static final int SHOWN = 100;

    private Reads reads;
    private Database database;
    private DeliveryComponent deliveries;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
    }

    /**
     * One delivery once more, at once.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such delivery, 409 when it has not ended
     */
    public Map<String, Object> one(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        String actor = Caller.of(exchange).client();
        Map<String, Object> after = reads.inTransaction(handle -> {
            Map<String, Object> before = get(handle, id);
            Turn turn = new Turn(id, before.get("state").toString(), (Integer) before.get("generation"), 0);
            ReplayTable table = new ReplayTable(database, handle);
            if (turn.state.equals("pending")
                    || table.reopen(List.of(turn), MAX_RATE).isEmpty()) {
                throw new Refused(409, "not_ended", "the delivery has not ended: it is still being tried");
            }
            Events.audit(database, handle, actor, "replay", "delivery " + id, "was " + turn.state);
            return get(handle, id);
        });
        deliveries.wake(List.of(after.get("destination").toString()));
        return after;
    }

    private Map<String, Object> get(Handle handle, UUID id) {
        return database
                .query(handle, "delivery_get")
                .bind("deliveryId", id)
                .<List<Map<String, Object>>>reduceRows(new ArrayList<>(), (list, row) -> {
                    list.add(DeliveryList.view(row));
                    return list;
                })
                .stream()
                .findFirst()
                .orElseThrow(() -> new Refused(404, "not_found", "there is no such delivery"));
    }

    /** A delivery that gets another turn; and what it goes back to, if that is taken back. */
    record Turn(UUID id, String state, int generation, int attempts) {}

    /**
     * Those that a filter finds, the oldest first; or, as a preview, how many there are.
     *
     * @throws Refused 400 when the request is not as it must be
     */
    public Map<String, Object> begin(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, FIELDS);
        Map<String, String> asked = fields.texts("filter", Filter.Of.DELIVERIES.names());
        if (asked.isEmpty()) {
            throw Refused.badRequest(
                    "filter must have at least one field: without any, it would be every dead delivery");
        }
        Filter filter = DeliveryList.filter(asked);
        int rate = fields.number("rate", DEFAULT_RATE, MAX_RATE);
        int limit = fields.number("limit", DEFAULT_LIMIT, MAX_LIMIT);
        if (fields.flag("preview", true)) {
            exchange.setVariable("answerStatus", 200);
            return Map.of("matching", reads.with(handle -> matching(handle, filter)));
        }
        String actor = Caller.of(exchange).client();
        exchange.setVariable("answerStatus", 202);
        return reads.inTransaction(handle -> {
            ReplayTable table = new ReplayTable(database, handle);
            long matching = matching(handle, filter);
            UUID id = table.insert(actor, asked, rate);
            List<Turn> turns = filter.select(
                    handle, database.sql("deliveries_oldest"), Map.of("limit", limit), ReplayTable::turns);
            // not those that another replay has taken meanwhile
            List<Turn> given = table.reopen(turns, rate);
            table.note(id, given);
            Events.audit(database, handle, actor, "replay", "replay " + id, given.size() + " deliveries");
            Map<String, Object> view = table.view(id);
            view.put("left", Math.max(0, matching - turns.size()));
            return view;
        });
    }

    private long matching(Handle handle, Filter filter) {
        return filter.select(handle, database.sql("deliveries_count"), Map.of(), query -> query.mapTo(Long.class)
                .one());
    }

    /** The latest replays. */
    public Map<String, Object> list(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        return reads.with(handle -> Map.of("replays", new ReplayTable(database, handle).latest(SHOWN)));
    }

    /**
     * How far a replay is.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such replay
     */
    public Map<String, Object> progress(Exchange exchange) {
        UUID id = id(exchange);
        return reads.with(handle -> new ReplayTable(database, handle).view(id));
    }

    /** What nobody has tried yet is again what it was before; {@code takenBack} says how many. */
    public Map<String, Object> cancel(Exchange exchange) {
        UUID id = id(exchange);
        String actor = Caller.of(exchange).client();
        return reads.inTransaction(handle -> {
            ReplayTable table = new ReplayTable(database, handle);
            table.view(id);
            int takenBack = table.cancel(id);
            Events.audit(database, handle, actor, "cancel replay", "replay " + id, takenBack + " taken back");
            return table.view(id);
        });
    }

    private static UUID id(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        return EventId.parse(request.segment(1));
    }
}
