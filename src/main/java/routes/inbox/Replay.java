package routes.inbox;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.DeliveryComponent;
import routes.delivery.Origin;
import routes.http.Refused;
import routes.http.Request;
import routes.sealing.Payloads;
import routes.store.Database;

/**
 * A stored event once more through today's extraction, schema and router. Deliveries that it does not have yet are added; those that
 * it has stay as they are, and so do its id, its order, and what its request told beside the body.
 */
@BindToRegistry("replay")
public class Replay extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");
    private static final int WAIT_SECONDS = 2;

    /** What is stored of an event; public for the mapper. */
    public record Row(
            UUID eventId,
            String sender,
            String type,
            String status,
            String subject,
            String tenant,
            String subtenant,
            String correlationId,
            String state,
            String reason,
            byte[] payload,
            String payloadKeyId) {

        /** Ids only: this may end up in a log. */
        @Override
        public String toString() {
            return "Row[" + eventId + "]";
        }
    }

    /** Replays must not take the connections that commits need. */
    private final Semaphore places = new Semaphore(4);

    private Database database;
    private Payloads payloads;
    private DeliveryComponent deliveries;
    private Senders senders;
    private Extracted extracted;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        payloads = bean("payloads", Payloads.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
        senders = new Senders(getCamelContext());
        extracted = Extracted.of(settings());
    }

    /**
     * Puts the event of the path on the exchange, see {@link #load}.
     *
     * @throws Refused 400 when the id is none
     */
    public void open(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        load(exchange, EventId.parse(request.segment(1)));
    }

    /**
     * Puts an event on the exchange as its webhook did: the payload as the body, and the variables that it has before the template
     * {@code event}; the route of that template is named after the variable {@code sender}.
     *
     * @throws Refused 404 when there is no such event, 410 when its payload is kept no longer, 409 for one that was kept out of the way
     *     of another, of which there is no more than the payload, or whose sender is there no more
     */
    public void load(Exchange exchange, @Body UUID id) {
        Row row = inTransaction(handle -> database.query(handle, "event_replay")
                .bind("eventId", id)
                .map(ConstructorMapper.of(Row.class))
                .findOne()
                .orElseThrow(Events::noSuchEvent));
        if (row.reason != null && (row.reason.startsWith(Event.CONFLICT) || row.reason.startsWith(Event.REFUSED))) {
            throw new Refused(409, "invalid_event", "the event cannot be replayed: " + row.reason);
        }
        if (!senders.known().containsKey(row.sender)) {
            throw new Refused(409, "invalid_event", "the event cannot be replayed: its sender has no router");
        }
        byte[] payload = payloads.open(id, row.payloadKeyId, row.payload).orElseThrow(Events::gone);
        exchange.setVariable("replay", row);
        exchange.setVariable("sender", row.sender);
        exchange.setVariable("correlationId", row.correlationId);
        // some senders have the type in it
        exchange.setVariable("path", "/webhooks/" + row.sender + "/" + Objects.toString(row.type, ""));
        exchange.getMessage().setBody(payload);
    }

    /**
     * After the template has taken out of the payload what is in it: what headers may have told is as it was stored. Whose event it
     * is never changes, as its partners go by that.
     */
    public void keep(Exchange exchange) {
        Row row = row(exchange);
        exchange.setVariable("tenant", row.tenant);
        exchange.setVariable("subtenant", row.subtenant);
        exchange.setVariable("correlationId", row.correlationId);
        unlessTold(exchange, "type", row.type);
        unlessTold(exchange, "status", row.status);
        unlessTold(exchange, "subject", row.subject);
    }

    private static void unlessTold(Exchange exchange, String name, String stored) {
        if (exchange.getVariable(name, "", String.class).isBlank()) {
            exchange.setVariable(name, stored);
        }
    }

    /**
     * Adds the deliveries that are missing; who asked for it is written down in the same transaction. What was parked or
     * quarantined is accepted, if the router knows it by now.
     *
     * @throws Refused 409 when today's schema does not take the event
     */
    public void commit(Exchange exchange) {
        Event event = extracted.event(exchange);
        if (event.state() == Event.State.QUARANTINED) {
            throw new Refused(409, "invalid_event", "the event is invalid: " + event.reason());
        }
        Row row = row(exchange);
        boolean parked = event.state() == Event.State.PARKED;
        int added = inTransaction(handle -> {
            if (!parked && update(handle, row.eventId, event) == 0) {
                throw Events.gone(); // erased meanwhile
            }
            audit(handle, exchange, row);
            Origin origin = new Origin(row.eventId, row.sender, row.tenant, event.type(), event.status());
            return deliveries.add(handle, origin, event.destinations());
        });
        deliveries.wake(event.destinations());
        exchange.setVariable("replayAdded", added);
        exchange.setVariable("replayParked", parked);
        LOG.info("replayed event={} deliveries={}", row.eventId, added);
    }

    private int update(Handle handle, UUID id, Event event) {
        return handle.createUpdate(database.sql("event_replayed"))
                .bind("eventId", id)
                .bind("type", event.type())
                .bind("status", event.status())
                .bind("subject", event.subject())
                .execute();
    }

    private static Row row(Exchange exchange) {
        return exchange.getVariable("replay", Row.class);
    }

    private void audit(Handle handle, Exchange exchange, Row row) {
        String detail = "was " + row.state + (row.reason == null ? "" : ", reason: " + row.reason);
        Events.audit(database, handle, Caller.of(exchange).client(), "replay", "event " + row.eventId, detail);
    }

    private <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
        try {
            if (!places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Refused.unavailable("too many replays at once", 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", 1);
        }
        try {
            return database.inTransaction(work);
        } catch (RuntimeException e) {
            throw Reads.refusal(e);
        } finally {
            places.release();
        }
    }
}
