package routes.registry;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.http.Request;
import routes.sealing.Sealing;

/** The callbacks that partners register: a URL for each of their notification types. */
@BindToRegistry("callbacks")
public class Callbacks extends ContextService {

    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";
    static final String SUSPENDED = "suspended";

    private RegistryStore store;
    private Partners partners;
    private NotificationTypes types;
    private UrlGuard urls;
    private CallbackTable table;
    private CallbackDeliveries deliveries;

    /**
     * What the sending side asks.
     *
     * @param url where to post
     * @param updatedAt when it was put, suspended or resumed last
     * @param secrets what to sign with, {@code whsec_...}; two while a new one takes the place of another
     * @param state active, disabled or suspended
     * @param granted whether the partner may see events of that sender and tenant
     * @param payloads whether it may be sent their payloads
     * @param auth how we show who we are, beside the signature
     * @param headers more headers, by their names
     */
    public record Callback(
            String partner,
            int type,
            String url,
            OffsetDateTime updatedAt,
            List<String> secrets,
            String state,
            boolean granted,
            boolean payloads,
            CallbackFormat format,
            PartnerAuth auth,
            Map<String, String> headers) {

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
        urls = bean("url-guard", UrlGuard.class);
        table = new CallbackTable(store.database(), new CallbackSecrets(bean("sealing", Sealing.class)));
        deliveries = new CallbackDeliveries(store.database());
    }

    /** Also for whoever else changes callbacks. */
    CallbackTable table() {
        return table;
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
            if (body.format() != CallbackFormat.NOTIFICATION && !partners.mayHavePayloads(handle, partner)) {
                throw RegistryError.PAYLOADS_NOT_ALLOWED.refusal();
            }
            Optional<StoredCallback> before = table.get(handle, partner, type);
            String secret = null;
            if (before.isPresent()) {
                update(handle, before.get(), body);
            } else {
                secret = table.insert(handle, partner, type, body);
            }
            // somebody has changed something: what was set aside, and the partner if it was left alone, is tried again
            deliveries.resume(handle, partner, type);
            StoredCallback after = table.known(handle, partner, type);
            store.audit(handle, actor, "put callback", target(partner, type), changes(before, after));
            Map<String, Object> view = after.view(types);
            if (secret != null) {
                view.put("secret", secret);
            }
            return view;
        });
    }

    private void update(Handle handle, StoredCallback before, CallbackBody body) {
        if (body.takesElsewhere(before.url(), before.settings())) {
            throw RegistryError.AUTH_AGAIN.refusal();
        }
        table.update(handle, before, body);
    }

    private static List<String> changes(Optional<StoredCallback> before, StoredCallback after) {
        List<String> changes = new ArrayList<>();
        if (before.isEmpty()) {
            changes.add("created");
        }
        before.ifPresent(old -> {
            note(changes, "url", old.url(), after.url());
            note(changes, "format", old.format(), after.format());
            note(changes, "auth", old.settings().auth(), after.settings().auth());
            note(changes, "headers", old.settings().headers(), after.settings().headers());
            note(changes, "filter", old.filter(), after.filter());
        });
        String state = before.map(StoredCallback::state).orElse(ACTIVE);
        if (!state.equals(after.state())) {
            changes.add((after.state().equals(ACTIVE) ? "enabled" : "disabled") + ", was " + state);
        }
        return changes;
    }

    private static void note(List<String> changes, String what, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(what + " changed");
        }
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
            deliveries.cancel(handle, partner, type);
            store.audit(handle, actor, "delete callback", target(partner, type), List.of("deleted"));
            return null;
        });
    }

    /** How the audit names a callback. */
    static String target(String partner, int type) {
        return "callback " + partner + "/" + type;
    }

    /** A page of the partner's callbacks by their types; the variable {@code totalCount} is the number of all. */
    public List<Map<String, Object>> list(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = partners.known(request);
        Page page = Page.of(request);
        return store.inTransaction(handle -> {
            exchange.setVariable("totalCount", table.count(handle, partner));
            return table.list(handle, partner, page).stream()
                    .map(callback -> callback.view(types))
                    .toList();
        });
    }

    /** The state of a callback; empty when there is none. */
    Optional<String> state(String partner, int type) {
        return store.inTransaction(handle -> table.get(handle, partner, type).map(StoredCallback::state));
    }

    /** The callback of that partner and notification type, in one query; empty when there is none. */
    public Optional<Callback> find(String partner, int type, String sender, String tenant) {
        return store.database().with(handle -> table.find(handle, partner, type, sender, tenant));
    }
}
