package routes.inbox;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.Text;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;

/** What somebody asks to be erased, and how far that is; {@link Erasures} does it. */
@BindToRegistry("erasure-requests")
public class ErasureRequests extends ContextService {

    private static final int ID = 200;
    private static final Set<String> OF_SUBJECT = Set.of("sender", "tenant", "subject");
    private static final Set<String> FIELDS = Set.of("event", "sender", "tenant", "subject", "reason");

    private Database database;
    private Reads reads;
    private Senders senders;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        reads = bean("reads", Reads.class);
        senders = new Senders(getCamelContext());
    }

    /**
     * Takes a request: {@code {"event": "<id>", "reason": "…"}} or {@code {"sender": …, "tenant": …, "subject": …, "reason": …}}.
     *
     * @throws Refused 400 when it is neither, 404 when there is no such event
     */
    public Map<String, Object> open(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, FIELDS);
        String reason = Events.reason(fields.text("reason").orElse(null));
        Optional<UUID> event = fields.text("event").map(EventId::parse);
        long said =
                OF_SUBJECT.stream().filter(name -> fields.any(name).isPresent()).count();
        if (said != (event.isPresent() ? 0 : OF_SUBJECT.size())) {
            throw Refused.badRequest("say either which event, or which sender, tenant and subject");
        }
        String actor = Caller.of(exchange).client();
        UUID id = UUID.randomUUID();
        Map<String, Object> about = new HashMap<>();
        return reads.inTransaction(handle -> {
            if (event.isPresent()) {
                about.putAll(about(handle, event.get()));
            } else {
                about.put("sender", sender(fields.text("sender").orElseThrow()));
                about.put("tenant", text(fields, "tenant"));
                about.put("subject", subject(text(fields, "subject")));
            }
            about.put("eventId", event.orElse(null));
            handle.createUpdate(database.sql("erasure_insert"))
                    .bindMap(about)
                    .bind("erasureId", id)
                    .bind("reason", reason)
                    .bind("requestedBy", actor)
                    .execute();
            Events.audit(database, handle, actor, "request erasure", "erasure " + id, "reason: " + reason);
            return get(handle, id);
        });
    }

    private static String text(JsonFields fields, String name) {
        String text = fields.text(name).orElseThrow();
        if (text.length() > ID) {
            throw Refused.badRequest(name + " must be text of up to " + ID + " characters");
        }
        return text;
    }

    /** As it is stored. */
    private static String subject(String text) {
        String subject = Text.id(text, ID);
        if (subject == null) {
            throw Refused.badRequest("subject must not be empty");
        }
        return subject;
    }

    private String sender(String sender) {
        if (!senders.known().containsKey(sender)) {
            throw Refused.badRequest("there is no such sender; known are "
                    + String.join(", ", senders.known().keySet()));
        }
        return sender;
    }

    private Map<String, Object> about(Handle handle, UUID event) {
        return database.query(handle, "erasure_of_event")
                .bind("eventId", event)
                .mapToMap()
                .findOne()
                .orElseThrow(Events::noSuchEvent);
    }

    /**
     * How far an erasure is.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such erasure
     */
    public Map<String, Object> progress(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        return reads.with(handle -> get(handle, id));
    }

    private Map<String, Object> get(Handle handle, UUID id) {
        return database.query(handle, "erasure_get")
                .bind("erasureId", id)
                .map((row, context) -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("id", id.toString());
                    view.put("state", row.getString("state").equals("done") ? "done" : "pending");
                    view.put("sender", row.getString("sender"));
                    view.put("event", row.getString("event_id"));
                    view.put("reason", row.getString("reason"));
                    view.put("requestedAt", EventView.text(row.getObject("requested_at", OffsetDateTime.class)));
                    view.put("requestedBy", row.getString("requested_by"));
                    view.put("events", row.getInt("events"));
                    view.put("doneAt", EventView.text(row.getObject("done_at", OffsetDateTime.class)));
                    return view;
                })
                .findOne()
                .orElseThrow(() -> new Refused(404, "not_found", "there is no such erasure"));
    }
}
