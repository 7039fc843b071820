package routes.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import routes.http.Refused;
import routes.store.Database;

/** The tables {@code partner} and {@code partner_grant}; every method runs in the transaction of whoever calls it. */
final class PartnerTable {

    private static final String PARTNER = "partner";
    private static final String NAME = "name";
    private static final String PAYLOADS = "payloads";
    private static final int TRIES = 5;

    private final Database database;

    PartnerTable(Database database) {
        this.database = database;
    }

    /** The partner as the API shows it; without the grant of its own echoes. */
    Optional<Map<String, Object>> get(Handle handle, String partner) {
        return database.query(handle, "partner_get")
                .bind(PARTNER, partner)
                .map((row, context) -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("id", row.getString("partner_id"));
                    view.put(NAME, row.getString(NAME));
                    view.put(PAYLOADS, row.getBoolean(PAYLOADS));
                    view.put("grants", grants(handle, partner));
                    view.put("createdAt", RegistryStore.time(row, "created_at"));
                    view.put("updatedAt", RegistryStore.time(row, "updated_at"));
                    return view;
                })
                .findOne();
    }

    SortedSet<Grant> grants(Handle handle, String partner) {
        return database.query(handle, "partner_grants")
                .bind(PARTNER, partner)
                .bind("implicit", Grant.PARTNER_API)
                .map((row, context) -> new Grant(row.getString("sender"), row.getString("tenant")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The notification types that it has callbacks for. */
    List<Integer> types(Handle handle, String partner) {
        return database.query(handle, "callback_types")
                .bind(PARTNER, partner)
                .mapTo(Integer.class)
                .list();
    }

    /** Whoever else changes the partner, or anything of it, waits until this transaction ends. Whether there is one. */
    boolean lock(Handle handle, String partner) {
        return database.query(handle, "partner_lock")
                .bind(PARTNER, partner)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Locks the partner, and makes it if there is none. Whether it is new. */
    boolean create(Handle handle, String partner, String name) {
        for (int tries = 1; tries <= TRIES; tries++) {
            int rows = handle.createUpdate(database.sql("partner_insert"))
                    .bind(PARTNER, partner)
                    .bind(NAME, name)
                    .execute();
            if (rows == 1) {
                insert(handle, partner, Set.of(new Grant(Grant.PARTNER_API, partner)));
                return true;
            }
            if (lock(handle, partner)) {
                return false;
            }
        }
        throw Refused.unavailable("the partner comes and goes", 1);
    }

    void update(Handle handle, String partner, PartnerBody body) {
        handle.createUpdate(database.sql("partner_update"))
                .bind(PARTNER, partner)
                .bind(NAME, body.name())
                .bind(PAYLOADS, body.payloads())
                .execute();
    }

    /** With its grants and callbacks. */
    void delete(Handle handle, String partner) {
        handle.createUpdate(database.sql("partner_delete"))
                .bind(PARTNER, partner)
                .execute();
    }

    void insert(Handle handle, String partner, Collection<Grant> grants) {
        change(handle, "partner_grant_insert", partner, grants);
    }

    void delete(Handle handle, String partner, Collection<Grant> grants) {
        change(handle, "partner_grant_delete", partner, grants);
    }

    private void change(Handle handle, String statement, String partner, Collection<Grant> grants) {
        if (grants.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(database.sql(statement));
        grants.forEach(grant -> batch.bind(PARTNER, partner)
                .bind("sender", grant.sender())
                .bind("tenant", grant.tenant())
                .add());
        batch.execute();
    }
}
