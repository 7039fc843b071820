package routes.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.auth.PartnerId;
import routes.config.ContextService;
import routes.delivery.DeliveryComponent;
import routes.delivery.Destination;
import routes.http.JsonFields;
import routes.http.Refusal;
import routes.http.Refused;
import routes.registry.CallbackControl;
import routes.registry.Pauses;
import routes.store.Database;

/** Has what goes to a destination wait, or go on: a table, a topic, or a partner's callback. */
@BindToRegistry("destination-control")
public class DestinationControl extends ContextService {

    private static final String DESTINATION = "destination";
    private static final String PAUSED = "paused";

    private Reads reads;
    private Database database;
    private DeliveryComponent deliveries;
    private CallbackControl callbacks;
    private Pauses table;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        deliveries = getCamelContext().getComponent("delivery", DeliveryComponent.class);
        callbacks = bean("callback-control", CallbackControl.class);
        table = new Pauses(database);
    }

    /**
     * What goes there waits, on all instances within about a second; what is under way is finished.
     *
     * @throws Refused 400 when the request is not as it must be, 404 when nothing is delivered there
     */
    public Map<String, Object> pause(Exchange exchange) {
        return change(exchange, true);
    }

    /**
     * What waits there because of a pause is due, also what was set aside.
     *
     * @throws Refused as above
     */
    public Map<String, Object> resume(Exchange exchange) {
        return change(exchange, false);
    }

    private Map<String, Object> change(Exchange exchange, boolean pauses) {
        JsonFields fields = JsonFields.of(exchange, Set.of(DESTINATION));
        String destination = fields.text(DESTINATION).orElseThrow(() -> Refused.badRequest("destination is missing"));
        if (!deliveries.performs(destination)) {
            throw noSuchDestination();
        }
        String actor = Caller.of(exchange).client();
        Optional<String> partner = Destination.partner(destination);
        if (partner.isPresent()) {
            int type = Integer.parseInt(destination.substring(destination.lastIndexOf('/') + 1));
            return callback(PartnerId.normal(partner.get()), type, actor, pauses);
        }
        changeItself(destination, actor, pauses);
        return answer(destination, pauses);
    }

    /** Whether it was otherwise before. */
    private boolean changeItself(String destination, String actor, boolean pauses) {
        boolean changed = reads.inTransaction(handle -> {
            boolean done = pauses ? table.begin(handle, destination, actor, true) : resume(handle, destination);
            String action = (pauses ? "pause " : "resume ") + DESTINATION;
            String detail = done ? "done" : "nothing changed";
            Events.audit(database, handle, actor, action, DESTINATION + " " + destination, detail);
            return done;
        });
        deliveries.wake(List.of(destination));
        return changed;
    }

    private boolean resume(Handle handle, String destination) {
        table.takeUp(handle, destination);
        return table.end(handle, destination, true);
    }

    private Map<String, Object> callback(String partner, int type, String actor, boolean pauses) {
        String destination = "callback/" + partner + "/" + type;
        try {
            Map<String, Object> callback =
                    pauses ? callbacks.pause(partner, type, actor) : callbacks.resume(partner, type, actor);
            return answer(destination, callback.get(PAUSED));
        } catch (RuntimeException e) {
            boolean gone = e instanceof Refusal refusal && refusal.status() == 404;
            // a pause outlives its callback, in whose place another may come
            if (gone && !pauses && changeItself(destination, actor, false)) {
                return answer(destination, false);
            }
            throw gone ? noSuchDestination() : e;
        }
    }

    private static Map<String, Object> answer(String destination, Object paused) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(DESTINATION, destination);
        answer.put(PAUSED, paused);
        return answer;
    }

    private static Refused noSuchDestination() {
        return new Refused(404, "not_found", "there is no such destination");
    }
}
