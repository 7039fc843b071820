package routes.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import routes.store.Database;

/** The table {@code callback}; every method runs in the transaction of whoever calls it. */
final class CallbackTable {

    private static final String PARTNER = "partner";
    private static final String TYPE = "type";

    private final Database database;
    private final NotificationTypes types;
    private final CallbackSecrets secrets;

    CallbackTable(Database database, NotificationTypes types, CallbackSecrets secrets) {
        this.database = database;
        this.types = types;
        this.secrets = secrets;
    }

    /** The callback as the API shows it: without its secret. */
    Optional<Map<String, Object>> get(Handle handle, String partner, int type) {
        return database.query(handle, "callback_get")
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .map((row, context) -> view(row))
                .findOne();
    }

    List<Map<String, Object>> list(Handle handle, String partner, Page page) {
        return database.query(handle, "callback_list")
                .bind(PARTNER, partner)
                .bind("offset", page.offset())
                .bind("limit", page.limit())
                .map((row, context) -> view(row))
                .list();
    }

    int count(Handle handle, String partner) {
        return database.query(handle, "callback_count")
                .bind(PARTNER, partner)
                .mapTo(Integer.class)
                .one();
    }

    private Map<String, Object> view(ResultSet row) throws SQLException {
        int type = row.getInt("notification_type");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("notificationType", type);
        view.put("notificationTypeName", types.name(type).orElse(null));
        view.put("callbackUrl", row.getString("url"));
        view.put("state", row.getString("state"));
        view.put("createdAt", RegistryStore.time(row, "created_at"));
        view.put("updatedAt", RegistryStore.time(row, "updated_at"));
        return view;
    }

    /** Answers the secret of the new callback. */
    String insert(Handle handle, String partner, int type, CallbackBody body) {
        String secret = secrets.create();
        handle.createUpdate(database.sql("callback_insert"))
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("url", body.url())
                .bind("state", body.state())
                .bind("sealedSecret", secrets.seal(partner, type, secret))
                .execute();
        return secret;
    }

    void update(Handle handle, String partner, int type, CallbackBody body) {
        handle.createUpdate(database.sql("callback_update"))
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("url", body.url())
                .bind("state", body.state())
                .execute();
    }

    /** Whether there was one. */
    boolean delete(Handle handle, String partner, int type) {
        return handle.createUpdate(database.sql("callback_delete"))
                        .bind(PARTNER, partner)
                        .bind(TYPE, type)
                        .execute()
                == 1;
    }

    /** Nothing more is sent to the callback, which is about to go. */
    static void cancelDeliveries(Database database, Handle handle, String partner, int type) {
        handle.createUpdate(database.sql("callback_cancel"))
                .bind("destination", "callback/" + partner + "/" + type)
                .execute();
    }

    /** What an attempt has to know, in one query. */
    Optional<Callbacks.Callback> find(Handle handle, String partner, int type, String sender, String tenant) {
        return database.query(handle, "callback_find")
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("sender", sender)
                .bind("tenant", tenant)
                .map((row, context) -> new Callbacks.Callback(
                        row.getString("url"),
                        secrets.open(partner, type, row.getBytes("sealed_secret")),
                        row.getString("state"),
                        row.getBoolean("granted")))
                .findOne();
    }
}
