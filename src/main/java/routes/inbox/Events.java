package routes.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.Text;
import routes.http.Refused;
import routes.http.Request;
import routes.sealing.Payloads;
import routes.store.Database;

/** What the operators' API tells of events. All but {@link #payload} is metadata. */
@BindToRegistry("events")
public class Events extends ContextService {

    private static final String CURSOR = "cursor";
    private static final String LIMIT = "limit";
    private static final String REASON = "reason";
    private static final int MAX_REASON = 200;
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Set<String> KNOWN = known();

    private Reads reads;
    private Database database;
    private Payloads payloads;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        payloads = bean("payloads", Payloads.class);
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(Filter.Of.EVENTS.names());
        known.addAll(List.of(CURSOR, LIMIT));
        return known;
    }

    /**
     * A page of events, the newest first: {@code {"events": [...], "next": "<cursor>"}}, without {@code next} on the last page.
     *
     * @throws Refused 400 for a parameter that is unknown, repeated, or of the wrong form
     */
    public Map<String, Object> list(Exchange exchange) {
        Map<String, String> parameters = Request.of(exchange).parameters(KNOWN);
        int limit = (int) number(parameters, LIMIT, DEFAULT_LIMIT, MAX_LIMIT);
        long cursor = number(parameters, CURSOR, Long.MAX_VALUE, Long.MAX_VALUE);
        Filter filter = Filter.of(Filter.Of.EVENTS, parameters);
        return reads.with(handle -> {
            List<Map<String, Object>> rows = filter.select(
                    handle,
                    database.sql("events_list"),
                    Map.of(CURSOR, cursor, LIMIT, limit + 1),
                    query -> query.reduceRows(new ArrayList<>(), EventView::addEvent));
            return page(handle, rows, limit);
        });
    }

    private Map<String, Object> page(Handle handle, List<Map<String, Object>> rows, int limit) {
        List<Map<String, Object>> events = rows.subList(0, Math.min(limit, rows.size()));
        EventView.addDeliveries(database, handle, events);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("events", events);
        if (rows.size() > limit) {
            page.put("next", events.get(limit - 1).get("sequence").toString());
        }
        return page;
    }

    /** The senders there are, switched on or not. */
    public List<String> senders() {
        return List.copyOf(new Senders(getCamelContext()).known().keySet());
    }

    /**
     * One event.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such event
     */
    public Map<String, Object> get(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        return reads.with(handle -> {
            List<Map<String, Object>> events = database.query(handle, "event_get")
                    .bind("eventId", id)
                    .reduceRows(new ArrayList<>(), EventView::addEvent);
            EventView.addDeliveries(database, handle, events);
            return events.stream().findFirst().orElseThrow(Events::noSuchEvent);
        });
    }

    /**
     * The bytes of one event; who reads them, and why, is written down in the same transaction.
     *
     * @throws Refused 400 when the id is none or no reason is given, 404 when there is no such event, 410 when its payload is kept no longer
     */
    public byte[] payload(Exchange exchange) {
        Request request = Request.of(exchange);
        String reason = reason(request.parameters(Set.of(REASON)).get(REASON));
        UUID id = EventId.parse(request.segment(1));
        String actor = Caller.of(exchange).client();
        return reads.inTransaction(handle -> {
            byte[] payload = handle.createQuery(database.sql("event_payload"))
                    .bind("eventId", id)
                    .map((row, context) -> payloads.open(id, row))
                    .findOne()
                    .orElseThrow(Events::noSuchEvent)
                    .orElseThrow(Events::gone);
            audit(database, handle, actor, "read payload", "event " + id, "reason: " + reason);
            return payload;
        });
    }

    /** Why somebody looks at or does something that is audited. */
    static String reason(String text) {
        String reason = Text.clean(text, MAX_REASON);
        if (reason == null || reason.isBlank()) {
            throw Refused.badRequest(
                    "say why, for the audit: reason must be text of up to " + MAX_REASON + " characters");
        }
        return reason;
    }

    /** Writes down who did what, in the transaction that does it. */
    static void audit(Database database, Handle handle, String actor, String action, String target, String detail) {
        handle.createUpdate(database.sql("audit_insert"))
                .bind("actor", actor)
                .bind("action", action)
                .bind("target", target)
                .bind("detail", detail)
                .execute();
    }

    static Refused gone() {
        return new Refused(410, "gone", "the payload of the event is kept no longer");
    }

    static Refused noSuchEvent() {
        return new Refused(404, "not_found", "there is no such event");
    }

    static long number(Map<String, String> parameters, String name, long otherwise, long most) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        boolean valid = text.matches("\\d{1,18}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= most;
        if (!valid) {
            throw Refused.badRequest(name + " must be a number from 1 to " + most);
        }
        return Long.parseLong(text);
    }
}
