package routes.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.http.Request;

/** The callbacks that partners register: a URL for each of their notification types. */
@BindToRegistry("callbacks")
public class Callbacks extends ContextService {

    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";

    private RegistryStore store;
    private Partners partners;
    private NotificationTypes types;
    private CallbackUrls urls;
    private CallbackTable table;

    /**
     * What the sending side asks.
     *
     * @param url where to post
     * @param secret what to sign with, {@code whsec_...}
     * @param state active, disabled or suspended
     * @param granted whether the partner may see events of that sender and tenant
     */
    public record Callback(String url, String secret, String state, boolean granted) {

        /** Nothing of it belongs in a log. */
        @Override
        public String toString() {
            return "Callback[" + state + "]";
        }
    }

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        partners = bean("partners", Partners.class);
        types = bean("notification-types", NotificationTypes.class);
        urls = bean("callback-urls", CallbackUrls.class);
        table = new CallbackTable(
                store.database(), types, new CallbackSecrets(settings().text("sealing.key")));
    }

    /** Creates or updates the callback. Only the answer that created it has its secret. */
    public Map<String, Object> put(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        int type = types.supported(request.segment(3));
        request.parameters(Set.of());
        CallbackBody body = CallbackBody.read(exchange, urls);
        return save(Caller.of(exchange).client(), partner, type, body);
    }

    /** The same for a request that was read already. */
    Map<String, Object> save(String actor, String partner, int type, CallbackBody body) {
        return store.inTransaction(handle -> {
            partners.lock(handle, partner);
            Optional<Map<String, Object>> before = table.get(handle, partner, type);
            String secret = null;
            if (before.isPresent()) {
                table.update(handle, partner, type, body);
            } else {
                secret = table.insert(handle, partner, type, body);
            }
            store.audit(handle, actor, "put callback", target(partner, type), changes(before, body));
            Map<String, Object> view = table.get(handle, partner, type).orElseThrow();
            if (secret != null) {
                view.put("secret", secret);
            }
            return view;
        });
    }

    private static List<String> changes(Optional<Map<String, Object>> before, CallbackBody body) {
        List<String> changes = new ArrayList<>();
        if (before.isEmpty()) {
            changes.add("created");
        } else if (!before.get().get("callbackUrl").equals(body.url())) {
            changes.add("url changed");
        }
        String state = before.map(callback -> callback.get("state").toString()).orElse(ACTIVE);
        if (!state.equals(body.state())) {
            changes.add((body.enabled() ? "enabled" : "disabled") + ", was " + state);
        }
        return changes;
    }

    /** Removes the callback; what is still to be sent to it is cancelled. */
    public void delete(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        int type = types.supported(request.segment(3));
        request.parameters(Set.of());
        String actor = Caller.of(exchange).client();
        store.inTransaction(handle -> {
            partners.lock(handle, partner);
            if (!table.delete(handle, partner, type)) {
                throw RegistryError.CALLBACK_UNKNOWN.refusal();
            }
            CallbackTable.cancelDeliveries(store.database(), handle, partner, type);
            store.audit(handle, actor, "delete callback", target(partner, type), List.of("deleted"));
            return null;
        });
    }

    private static String target(String partner, int type) {
        return "callback " + partner + "/" + type;
    }

    /** A page of the partner's callbacks by their types; the variable {@code totalCount} is the number of all. */
    public List<Map<String, Object>> list(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        Page page = Page.of(request);
        return store.inTransaction(handle -> {
            exchange.setVariable("totalCount", table.count(handle, partner));
            return table.list(handle, partner, page);
        });
    }

    /** The state of a callback; empty when there is none. */
    Optional<String> state(String partner, int type) {
        return store.inTransaction(handle -> table.get(handle, partner, type)
                .map(callback -> callback.get("state").toString()));
    }

    /** The callback of that partner and notification type, in one query; empty when there is none. */
    public Optional<Callback> find(String partner, int type, String sender, String tenant) {
        return store.database().with(handle -> table.find(handle, partner, type, sender, tenant));
    }
}
