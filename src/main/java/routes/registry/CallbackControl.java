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

    /** Who changes what. */
    private record Change(String partner, int type, String actor, boolean byOperator) {}

    private interface Work {
        String on(Handle handle, Change change, StoredCallback before);
    }

    /** Another secret, which this answer alone shows; for {@code overlapSeconds} the one before signs as well. */
    public Map<String, Object> rotate(Exchange exchange) {
        String[] secret = new String[1];
        Map<String, Object> view = make(of(exchange), "rotate secret", (handle, change, before) -> {
            int overlap = overlap(exchange);
            secret[0] = callbacks.table().rotate(handle, change.partner, change.type, overlap);
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
        return pause(of(exchange));
    }

    /** The same by an operator, whose pause the partner does not undo. */
    public Map<String, Object> pause(String partner, int type, String actor) {
        return pause(new Change(partner, type, actor, true));
    }

    private Map<String, Object> pause(Change asked) {
        return make(asked, "pause callback", (handle, change, before) -> {
            boolean done = deliveries.pause(handle, change.partner, change.type, change.actor, change.byOperator);
            return done ? "paused" : "was paused";
        });
    }

    /** After a pause, after the partner wanted no more, or when it is known to be well again: what waits because of these is due. */
    public Map<String, Object> resume(Exchange exchange) {
        return resume(of(exchange));
    }

    /** The same by an operator. */
    public Map<String, Object> resume(String partner, int type, String actor) {
        return resume(new Change(partner, type, actor, true));
    }

    private Map<String, Object> resume(Change asked) {
        return make(asked, "resume callback", (handle, change, before) -> {
            callbacks.table().activate(handle, change.partner, change.type);
            deliveries.unpause(handle, change.partner, change.type, change.byOperator);
            deliveries.resume(handle, change.partner, change.type);
            return "resumed, was " + (before.paused() ? "paused" : before.state());
        });
    }

    private Change of(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        int type = types.supported(request.segment(3));
        request.parameters(Set.of());
        Caller caller = Caller.of(exchange);
        return new Change(partner, type, caller.client(), caller.scopes().contains("admin"));
    }

    private Map<String, Object> make(Change change, String action, Work work) {
        return store.inTransaction(handle -> {
            partners.lock(handle, change.partner);
            StoredCallback before = callbacks.table().known(handle, change.partner, change.type);
            String detail = work.on(handle, change, before);
            String target = Callbacks.target(change.partner, change.type);
            store.audit(handle, change.actor, action, target, List.of(detail));
            return callbacks.table().known(handle, change.partner, change.type).view(types);
        });
    }

    /**
     * The partner has answered at that URL that it wants no more: nothing is sent there until somebody resumes it.
     *
     * @return not when it has been put or resumed since
     */
    public boolean suspend(Callbacks.Callback callback) {
        return store.inTransaction(handle -> {
            String partner = callback.partner();
            int type = callback.type();
            if (callbacks.table().suspend(handle, partner, type, callback.updatedAt())) {
                List<String> detail = List.of("suspended, the partner answered 410");
                store.audit(handle, US, "suspend callback", Callbacks.target(partner, type), detail);
                LOG.warn("suspended callback={}/{}: the partner answered 410", partner, type);
            }
            // also when another attempt was quicker
            return callbacks
                    .table()
                    .get(handle, partner, type)
                    .filter(stored -> stored.isSuspendedAt(callback.url()))
                    .isPresent();
        });
    }
}
