package routes.inbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.Text;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Causes;
import routes.store.Database;

/**
 * Has events erased, one or all of a subject: first what the inbox has of them but for a tombstone, then, when no attempt can be under way any
 * more, their rows in the business tables. What has been asked for is stored, so that it is done whatever happens meanwhile.
 */
@BindToRegistry("erasures")
public class Erasures extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final int BATCH = 200;
    private static final int ID = 200;
    private static final byte[] NOTHING = {};
    private static final Set<String> FIELDS = Set.of("event", "sender", "tenant", "subject", "reason");

    /** What is to be erased; public for the mapper. */
    public record Row(
            UUID erasureId,
            String state,
            String sender,
            String tenant,
            String subject,
            UUID eventId,
            String reason,
            OffsetDateTime requestedAt,
            String requestedBy) {

        /** Ids only: this may end up in a log. */
        @Override
        public String toString() {
            return "Erasure[" + erasureId + "]";
        }
    }

    private Database database;
    private Reads reads;
    private Senders senders;
    private Duration lease;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        reads = bean("reads", Reads.class);
        senders = new Senders(getCamelContext());
        lease = Duration.ofSeconds(settings().positive("delivery.lease-seconds"));
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
        boolean ofSubject = fields.any("sender").isPresent()
                && fields.any("tenant").isPresent()
                && fields.any("subject").isPresent();
        boolean ofNothingElse = fields.any("sender").isEmpty()
                && fields.any("tenant").isEmpty()
                && fields.any("subject").isEmpty();
        if (event.isPresent() ? !ofNothingElse : !ofSubject) {
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
                about.put("tenant", fields.text("tenant").orElseThrow());
                about.put("subject", Text.id(fields.text("subject").orElseThrow(), ID));
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

    /**
     * Erases the events of what is due, and looks for one whose rows in the business tables are to go now. Sets the variables {@code erasure},
     * to null when there is none, and {@code sender}.
     */
    public void next(Exchange exchange) {
        for (Optional<Row> due = claim(); due.isPresent(); due = claim()) {
            Row row = due.get();
            if (row.state.equals("rows")) {
                exchange.setVariable("erasure", row);
                exchange.setVariable("sender", row.sender);
                return;
            }
            eraseEvents(row);
        }
        exchange.setVariable("erasure", null);
    }

    private Optional<Row> claim() {
        return database.inTransaction(handle -> {
            Optional<Row> due = database.query(handle, "erasure_due")
                    .map(ConstructorMapper.of(Row.class))
                    .findOne();
            due.ifPresent(row -> update(handle, "erasure_claim", row));
            return due;
        });
    }

    private void update(Handle handle, String statement, Row row) {
        handle.createUpdate(database.sql(statement))
                .bind("erasureId", row.erasureId)
                .bindMap(Map.of("leaseMillis", lease.toMillis()))
                .execute();
    }

    private void eraseEvents(Row row) {
        int erased = 1;
        int all = 0;
        while (erased > 0) {
            erased = database.inTransaction(handle -> eraseSome(handle, row));
            all += erased;
        }
        database.inTransaction(handle -> {
            if (!row.subject.isEmpty()) {
                handle.createUpdate(database.sql("erasure_filters"))
                        .bind("subject", row.subject)
                        .execute();
            }
            update(handle, "erasure_rows", row);
            return null;
        });
        LOG.info("erased erasure={} events={}", row.erasureId, all);
    }

    private int eraseSome(Handle handle, Row row) {
        List<UUID> ids = database.query(handle, row.eventId == null ? "erasure_events" : "erasure_event")
                .bindBean(row)
                .bindMethods(row)
                .bind("limit", BATCH)
                .mapTo(UUID.class)
                .list();
        if (!ids.isEmpty()) {
            handle.createUpdate(database.sql("event_erase"))
                    .bind("nothing", NOTHING)
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("event_erase_deliveries"))
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("event_erase_audit"))
                    .bind("actor", row.requestedBy)
                    .bind("detail", "erasure " + row.erasureId)
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("erasure_count"))
                    .bind("erasureId", row.erasureId)
                    .bind("events", ids.size())
                    .execute();
        }
        return ids.size();
    }

    /** The named parameters of the statements that erase rows: sender, tenant, subject, and event_id, which is null for all of them. */
    public Map<String, Object> parameters(Exchange exchange) {
        Row row = row(exchange);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("sender", row.sender);
        parameters.put("tenant", row.tenant);
        parameters.put("subject", row.subject);
        parameters.put("event_id", row.eventId);
        return parameters;
    }

    /** The statement that erases rows of that table. */
    public String statement(String table) {
        return database.sql(table + "_erase");
    }

    /** Notes that it is done; of what it was about nothing is left. */
    public void done(Exchange exchange) {
        Row row = row(exchange);
        database.inTransaction(handle -> handle.createUpdate(database.sql("erasure_done"))
                .bind("erasureId", row.erasureId)
                .execute());
        LOG.info("erased for good erasure={}", row.erasureId);
    }

    /** It is tried again after its lease. */
    public void failed(Exchange exchange, Exception failure) {
        Row row = row(exchange);
        LOG.warn("not erased yet, tried again erasure={}: {}", row == null ? "" : row.erasureId, Causes.of(failure));
    }

    private static Row row(Exchange exchange) {
        return exchange.getVariable("erasure", Row.class);
    }
}
