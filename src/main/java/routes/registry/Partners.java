package routes.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.auth.PartnerId;
import routes.config.ContextService;
import routes.http.Request;

/** Partners, and whose events they may see; kept by operators. */
@BindToRegistry("partners")
public class Partners extends ContextService {

    private RegistryStore store;
    private PartnerTable table;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        table = new PartnerTable(store.database());
    }

    /** Creates or replaces the partner, and answers what is stored. */
    public Map<String, Object> put(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        String partner = id(request);
        if (!PartnerId.isValid(partner)) {
            throw RegistryError.PARTNER_ID.refusal();
        }
        PartnerBody body = PartnerBody.read(exchange);
        return save(Caller.of(exchange).client(), partner, body);
    }

    /** The same for a request that was read already. */
    Map<String, Object> save(String actor, String partner, PartnerBody body) {
        return store.inTransaction(handle -> {
            List<String> changes = new ArrayList<>();
            if (table.create(handle, partner, body.name())) {
                changes.add("created");
            }
            Map<String, Object> old = view(handle, partner);
            if (!Objects.equals(old.get("name"), body.name())) {
                changes.add("name changed");
            }
            if (!Boolean.valueOf(body.payloads()).equals(old.get("payloads"))) {
                changes.add("payloads " + (body.payloads() ? "allowed" : "not allowed any more"));
            }
            table.update(handle, partner, body);
            SortedSet<Grant> before = table.grants(handle, partner);
            SortedSet<Grant> added = minus(body.grants(), before);
            SortedSet<Grant> removed = minus(before, body.grants());
            table.insert(handle, partner, added);
            table.delete(handle, partner, removed);
            added.forEach(grant -> changes.add("grant added " + grant));
            removed.forEach(grant -> changes.add("grant removed " + grant));
            store.audit(handle, actor, "put partner", "partner " + partner, changes);
            return view(handle, partner);
        });
    }

    private static SortedSet<Grant> minus(SortedSet<Grant> these, SortedSet<Grant> those) {
        SortedSet<Grant> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    /** The partner. */
    public Map<String, Object> get(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = id(request);
        return store.inTransaction(handle -> {
            Map<String, Object> view = view(handle, partner);
            request.parameters(Set.of());
            return view;
        });
    }

    /** Removes the partner with all that it has; what is still to be sent to it is cancelled. */
    public void delete(Exchange exchange) {
        Request request = Request.of(exchange);
        String partner = id(request);
        String actor = Caller.of(exchange).client();
        store.inTransaction(handle -> {
            lock(handle, partner);
            request.parameters(Set.of());
            List<Integer> types = table.types(handle, partner);
            CallbackDeliveries deliveries = new CallbackDeliveries(store.database());
            types.forEach(type -> deliveries.cancel(handle, partner, type));
            deliveries.forget(handle, partner);
            table.delete(handle, partner);
            store.audit(
                    handle,
                    actor,
                    "delete partner",
                    "partner " + partner,
                    List.of("deleted", "callbacks with it: " + types.size()));
            return null;
        });
    }

    private static String id(Request request) {
        return PartnerId.normal(request.segment(1));
    }

    /**
     * The partner that the path names, as it is stored.
     *
     * @throws RegistryRefused 404 when there is none
     */
    String known(Request request) {
        String partner = id(request);
        store.inTransaction(handle -> view(handle, partner));
        return partner;
    }

    /**
     * Whoever else changes the partner, or anything of it, waits until this transaction ends.
     *
     * @throws RegistryRefused 404 when there is no such partner
     */
    void lock(Handle handle, String partner) {
        if (!table.lock(handle, partner)) {
            throw RegistryError.PARTNER_UNKNOWN.refusal();
        }
    }

    /** Whether it may be sent the payloads of the events that it may see. */
    boolean mayHavePayloads(Handle handle, String partner) {
        return Boolean.TRUE.equals(view(handle, partner).get("payloads"));
    }

    private Map<String, Object> view(Handle handle, String partner) {
        return table.get(handle, partner).orElseThrow(RegistryError.PARTNER_UNKNOWN::refusal);
    }
}
