package routes.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import routes.auth.Caller;
import routes.auth.PartnerId;
import routes.config.ContextService;
import routes.http.Refused;
import routes.http.Request;

/** Partners, and whose events they may see; kept by operators. */
@BindToRegistry("partners")
public class Partners extends ContextService {

    private static final int TRIES = 5;

    private RegistryStore store;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
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
            if (create(handle, partner, body.name())) {
                changes.add("created");
            } else if (!Objects.equals(view(handle, partner).get("name"), body.name())) {
                changes.add("name changed");
            }
            store.update(handle, "partner_update", partner)
                    .bind("name", body.name())
                    .execute();
            SortedSet<Grant> before = grants(handle, partner);
            SortedSet<Grant> added = minus(body.grants(), before);
            SortedSet<Grant> removed = minus(before, body.grants());
            change(handle, "partner_grant_insert", partner, added);
            change(handle, "partner_grant_delete", partner, removed);
            added.forEach(grant -> changes.add("grant added " + grant));
            removed.forEach(grant -> changes.add("grant removed " + grant));
            store.audit(handle, actor, "put partner", "partner " + partner, changes);
            return view(handle, partner);
        });
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
            lock(store, handle, partner);
            request.parameters(Set.of());
            List<Integer> types = store.database()
                    .query(handle, "callback_types")
                    .bind("partner", partner)
                    .mapTo(Integer.class)
                    .list();
            types.forEach(type -> CallbackTable.cancelDeliveries(store.database(), handle, partner, type));
            store.update(handle, "partner_delete", partner).execute();
            store.audit(
                    handle,
                    actor,
                    "delete partner",
                    "partner " + partner,
                    List.of("deleted", "callbacks with it: " + types.size()));
            return null;
        });
    }

    /** The partner that the path names, as it is stored. */
    static String id(Request request) {
        return PartnerId.normal(request.segment(1));
    }

    /**
     * The same, if there is such a partner.
     *
     * @throws RegistryRefused 404
     */
    static String known(RegistryStore store, Request request) {
        String partner = id(request);
        boolean known = store.inTransaction(handle -> store.database()
                .query(handle, "partner_get")
                .bind("partner", partner)
                .mapToMap()
                .findOne()
                .isPresent());
        if (!known) {
            throw RegistryError.PARTNER_UNKNOWN.refusal();
        }
        return partner;
    }

    /**
     * Whoever else changes the partner, or anything of it, waits until this transaction ends.
     *
     * @throws RegistryRefused 404 when there is no such partner
     */
    static void lock(RegistryStore store, Handle handle, String partner) {
        if (!locked(store, handle, partner)) {
            throw RegistryError.PARTNER_UNKNOWN.refusal();
        }
    }

    private static boolean locked(RegistryStore store, Handle handle, String partner) {
        return store.database()
                .query(handle, "partner_lock")
                .bind("partner", partner)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Locks the partner, new or not; answers whether it is new. */
    private boolean create(Handle handle, String partner, String name) {
        for (int tries = 1; tries <= TRIES; tries++) {
            int rows = store.update(handle, "partner_insert", partner)
                    .bind("name", name)
                    .execute();
            if (rows == 1) {
                change(handle, "partner_grant_insert", partner, Set.of(new Grant(Grant.PARTNER_API, partner)));
                return true;
            }
            if (locked(store, handle, partner)) {
                return false;
            }
        }
        throw Refused.unavailable("the partner comes and goes", 1);
    }

    private SortedSet<Grant> grants(Handle handle, String partner) {
        return store.database()
                .query(handle, "partner_grants")
                .bind("partner", partner)
                .bind("implicit", Grant.PARTNER_API)
                .map((row, context) -> new Grant(row.getString("sender"), row.getString("tenant")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void change(Handle handle, String statement, String partner, Collection<Grant> grants) {
        if (grants.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(store.database().sql(statement));
        grants.forEach(grant -> batch.bind("partner", partner)
                .bind("sender", grant.sender())
                .bind("tenant", grant.tenant())
                .add());
        batch.execute();
    }

    private static SortedSet<Grant> minus(SortedSet<Grant> these, SortedSet<Grant> those) {
        SortedSet<Grant> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    private Map<String, Object> view(Handle handle, String partner) {
        return store.database()
                .query(handle, "partner_get")
                .bind("partner", partner)
                .map((row, context) -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("id", row.getString("partner_id"));
                    view.put("name", row.getString("name"));
                    view.put("grants", grants(handle, partner));
                    view.put("createdAt", RegistryStore.time(row, "created_at"));
                    view.put("updatedAt", RegistryStore.time(row, "updated_at"));
                    return view;
                })
                .findOne()
                .orElseThrow(RegistryError.PARTNER_UNKNOWN::refusal);
    }
}
