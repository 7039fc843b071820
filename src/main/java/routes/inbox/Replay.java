package routes.inbox;

import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
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

    private Database database;
    private DeliveryComponent deliveries;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
    }

    /**
     * Puts the event of the path on the exchange as its webhook did: the payload as the body, and the variables of the template.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such event
     */
    public void open(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        byte[] payload = database.with(handle -> database.query(handle, "event_replay")
                .bind("eventId", id)
                .map((row, context) -> {
                    exchange.setVariable("sender", row.getString("sender"));
                    exchange.setVariable("type", row.getString("type"));
                    exchange.setVariable("status", row.getString("status"));
                    exchange.setVariable("subject", row.getString("subject"));
                    exchange.setVariable("tenant", row.getString("tenant"));
                    exchange.setVariable("subtenant", row.getString("subtenant"));
                    exchange.setVariable("correlationId", row.getString("correlation_id"));
                    exchange.setVariable("test", row.getBoolean("test"));
                    return row.getBytes("payload");
                })
                .findOne()
                .orElseThrow(Events::noSuchEvent));
        exchange.setVariable("replay", id);
        exchange.getMessage().setBody(payload);
    }

    /**
     * Adds the deliveries that are missing; who asked for it is written down in the same transaction.
     *
     * @throws Refused 409 when today's schema does not take the event
     */
    public void commit(Exchange exchange) {
        String invalid = exchange.getVariable("invalid", String.class);
        if (invalid != null) {
            throw new Refused(409, "invalid_event", "the event is invalid: " + invalid);
        }
        Plan plan = Plan.of(exchange).close();
        Event.State state = plan.parked() ? Event.State.PARKED : Event.State.ACCEPTED;
        UUID id = exchange.getVariable("replay", UUID.class);
        int added = database.inTransaction(handle -> {
            handle.createUpdate(database.sql("event_replayed"))
                    .bind("eventId", id)
                    .bind("state", state.toString())
                    .execute();
            handle.createUpdate(database.sql("audit_insert"))
                    .bind("actor", Caller.of(exchange).client())
                    .bind("action", "replay")
                    .bind("target", "event " + id)
                    .bind("detail", (String) null)
                    .execute();
            return deliveries.add(handle, id, plan.destinations());
        });
        if (added > 0) {
            deliveries.wake();
        }
        LOG.info("replayed event={} deliveries={}", id, added);
    }
}
