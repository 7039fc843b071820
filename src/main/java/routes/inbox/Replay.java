package routes.inbox;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.DeliveryComponent;
import routes.delivery.Plan;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;

/**
 * A stored event once more through today's schema and router. Deliveries that it does not have yet are added; those that it has
 * stay as they are, and so do its id and its order.
 */
@BindToRegistry("replay")
public class Replay extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");
    private static final int WAIT_SECONDS = 2;

    /** Replays must not take the connections that commits need. */
    private final Semaphore places = new Semaphore(4);

    private Database database;
    private DeliveryComponent deliveries;
    private Senders senders;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
        senders = new Senders(getCamelContext());
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
     * Puts an event on the exchange as its webhook did: the payload as the body, and the variables of the template.
     *
     * @throws Refused 404 when there is no such event, 409 for one that was kept out of the way of another, that lacks what a
     *     router asks for, or whose sender has no router any more
     */
    public void load(Exchange exchange, @Body UUID id) {
        byte[] payload = inTransaction(handle -> database.query(handle, "event_replay")
                .bind("eventId", id)
                .map((row, context) -> {
                    for (String name : new String[] {"sender", "type", "status", "subject", "tenant", "subtenant"}) {
                        exchange.setVariable(name, row.getString(name));
                    }
                    exchange.setVariable("correlationId", row.getString("correlation_id"));
                    exchange.setVariable("test", row.getBoolean("test"));
                    exchange.setVariable("replayState", row.getString("state"));
                    exchange.setVariable("replayReason", row.getString("reason"));
                    return row.getBytes("payload");
                })
                .findOne()
                .orElseThrow(Events::noSuchEvent));
        String reason = exchange.getVariable("replayReason", "", String.class);
        if (reason.startsWith(Event.CONFLICT) || reason.startsWith(Event.REFUSED)) {
            throw new Refused(409, "invalid_event", "the event cannot be replayed: " + reason);
        }
        if (!senders.hasRouter(exchange.getVariable("sender", String.class))) {
            throw new Refused(409, "invalid_event", "the event cannot be replayed: its sender has no router");
        }
        exchange.setVariable("replay", id);
        exchange.getMessage().setBody(payload);
    }

    /**
     * Adds the deliveries that are missing; who asked for it is written down in the same transaction. What was parked or
     * quarantined is accepted, if the router knows it by now.
     *
     * @throws Refused 409 when today's schema does not take the event
     */
    public void commit(Exchange exchange) {
        String invalid = exchange.getVariable("invalid", String.class);
        if (invalid != null) {
            throw new Refused(409, "invalid_event", "the event is invalid: " + invalid);
        }
        Plan plan = Plan.of(exchange).close();
        UUID id = exchange.getVariable("replay", UUID.class);
        int added = inTransaction(handle -> {
            if (!plan.parked()) {
                handle.createUpdate(database.sql("event_replayed"))
                        .bind("eventId", id)
                        .execute();
            }
            audit(handle, exchange, id);
            return deliveries.add(handle, id, plan.destinations());
        });
        deliveries.wake(plan.destinations());
        exchange.setVariable("replayAdded", added);
        exchange.setVariable("replayParked", plan.parked());
        LOG.info("replayed event={} deliveries={}", id, added);
    }

    private void audit(Handle handle, Exchange exchange, UUID id) {
        String reason = exchange.getVariable("replayReason", String.class);
        handle.createUpdate(database.sql("audit_insert"))
                .bind("actor", Caller.of(exchange).client())
                .bind("action", "replay")
                .bind("target", "event " + id)
                .bind(
                        "detail",
                        "was " + exchange.getVariable("replayState") + (reason == null ? "" : ", reason: " + reason))
                .execute();
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
