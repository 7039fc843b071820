package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.http.Request;

/** What is done with a callback that is there: other secrets for it, and a break for what is to be sent to it. */
@BindToRegistry("callback-control")
public class CallbackControl extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.registry");
    private static final int LONGEST_OVERLAP = 7 * 24 * 60 * 60;

    /** Who suspends a callback whose partner wants no more. */
    private static final String US = "webhook-routes";

    private RegistryStore store;
    private Partners partners;
    private NotificationTypes types;
    private Callbacks callbacks;
    private CallbackDeliveries deliveries;
    private int overlapSeconds;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        partners = bean("partners", Partners.class);
        types = bean("notification-types", NotificationTypes.class);
        callbacks = bean("callbacks", Callbacks.class);
        deliveries = new CallbackDeliveries(store.database());
        overlapSeconds = (int) settings().duration("callback.secret-overlap").toSeconds();
    }

    private interface Change {
        String make(Handle handle, StoredCallback callback, String actor);
    }

    /** Another secret, which this answer alone shows; for {@code overlapSeconds} the one before signs as well. */
    public Map<String, Object> rotate(Exchange exchange) {
        String[] secret = new String[1];
        Map<String, Object> view = change(exchange, "rotate secret", (handle, callback, actor) -> {
            int overlap = overlap(exchange);
            secret[0] = callbacks.table().rotate(handle, callback.partner(), callback.type(), overlap);
            return "secret rotated, overlap " + overlap + " s";
        });
        view.put("secret", secret[0]);
        return view;
    }

    private int overlap(Exchange exchange) {
        JsonNode asked = JsonBody.readIfAny(exchange, Set.of("overlapSeconds")).path("overlapSeconds");
        boolean valid =
                asked.isMissingNode() || asked.isInt() && asked.intValue() >= 0 && asked.intValue() <= LONGEST_OVERLAP;
        if (!valid) {
            throw RegistryError.OVERLAP.refusal();
        }
        return asked.asInt(overlapSeconds);
    }

    /** What is to be sent to it waits, and so does what is still to come. */
    public Map<String, Object> pause(Exchange exchange) {
        return change(exchange, "pause callback", (handle, callback, actor) -> {
            boolean done = deliveries.pause(handle, callback.partner(), callback.type(), actor);
            return done ? "paused" : "was paused";
        });
    }

    /** After a pause, after the partner wanted no more, or when it is known to be well again: all that waits is due. */
    public Map<String, Object> resume(Exchange exchange) {
        return change(exchange, "resume callback", (handle, callback, actor) -> {
            callbacks.table().activate(handle, callback.partner(), callback.type());
            deliveries.resume(handle, callback.partner(), callback.type());
            return "resumed, was " + (callback.paused() ? "paused" : callback.state());
        });
    }

    private Map<String, Object> change(Exchange exchange, String action, Change change) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        int type = types.supported(request.segment(3));
        request.parameters(Set.of());
        String actor = Caller.of(exchange).client();
        return store.inTransaction(handle -> {
            partners.lock(handle, partner);
            String detail = change.make(handle, callbacks.table().known(handle, partner, type), actor);
            store.audit(handle, actor, action, Callbacks.target(partner, type), List.of(detail));
            return callbacks.table().known(handle, partner, type).view(types);
        });
    }

    /** The partner has answered at that URL that it wants no more: nothing is sent there until somebody resumes it. */
    public void suspend(Callbacks.Callback callback) {
        store.inTransaction(handle -> {
            String partner = callback.partner();
            int type = callback.type();
            if (callbacks.table().suspend(handle, partner, type, callback.url())) {
                List<String> detail = List.of("suspended, the partner answered 410");
                store.audit(handle, US, "suspend callback", Callbacks.target(partner, type), detail);
                LOG.warn("suspended callback={}/{}: the partner answered 410", partner, type);
            }
            return null;
        });
    }
}
