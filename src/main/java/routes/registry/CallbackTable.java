package routes.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import routes.store.Database;

/** The table {@code callback}; every method runs in the transaction of whoever calls it. */
final class CallbackTable {

    private static final String PARTNER = "partner";
    private static final String TYPE = "type";
    private static final int MOST_PREVIOUS = 4;

    private final Database database;
    private final CallbackSecrets secrets;

    CallbackTable(Database database, CallbackSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** @throws RegistryRefused 404 when there is none */
    StoredCallback known(Handle handle, String partner, int type) {
        return get(handle, partner, type).orElseThrow(RegistryError.CALLBACK_UNKNOWN::refusal);
    }

    Optional<StoredCallback> get(Handle handle, String partner, int type) {
        return database.query(handle, "callback_get")
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .map((row, context) -> stored(row))
                .findOne();
    }

    List<StoredCallback> list(Handle handle, String partner, Page page) {
        return database.query(handle, "callback_list")
                .bind(PARTNER, partner)
                .bind("offset", page.offset())
                .bind("limit", page.limit())
                .map((row, context) -> stored(row))
                .list();
    }

    private StoredCallback stored(ResultSet row) throws SQLException {
        String partner = row.getString("partner_id");
        int type = row.getInt("notification_type");
        return new StoredCallback(
                partner,
                type,
                row.getString("url"),
                row.getString("state"),
                row.getBoolean("paused"),
                CallbackFormat.named(row.getString("format")).orElseThrow(),
                secrets.openSettings(partner, type, row.getBytes("sealed_settings")),
                CallbackFilter.of(row),
                secrets.openPrevious(partner, type, row.getBytes("sealed_previous")).stream()
                        .mapToLong(PreviousSecret::until)
                        .max()
                        .stream()
                        .mapToObj(until -> Instant.ofEpochSecond(until).toString())
                        .findFirst()
                        .orElse(null),
                RegistryStore.time(row, "created_at"),
                RegistryStore.time(row, "updated_at"));
    }

    int count(Handle handle, String partner) {
        return database.query(handle, "callback_count")
                .bind(PARTNER, partner)
                .mapTo(Integer.class)
                .one();
    }

    /** Answers the secret of the new callback. */
    String insert(Handle handle, String partner, int type, CallbackBody body) {
        String secret = secrets.create();
        put(handle, "callback_insert", partner, type, body, CallbackSettings.NONE)
                .bind("sealedSecret", secrets.seal(partner, type, secret))
                .execute();
        return secret;
    }

    void update(Handle handle, StoredCallback before, CallbackBody body) {
        put(handle, "callback_update", before.partner(), before.type(), body, before.settings())
                .execute();
    }

    private Update put(
            Handle handle, String statement, String partner, int type, CallbackBody body, CallbackSettings before) {
        return handle.createUpdate(database.sql(statement))
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("url", body.url())
                .bind("state", body.state())
                .bind("format", body.format().toString())
                .bind("sealedSettings", secrets.sealSettings(partner, type, body.settings(before)))
                .bindByType("types", array(body.filter().types()), String[].class)
                .bindByType("statuses", array(body.filter().statuses()), String[].class);
    }

    private static String[] array(List<String> texts) {
        return texts == null ? null : texts.toArray(String[]::new);
    }

    /** Whether there was one. */
    boolean delete(Handle handle, String partner, int type) {
        return execute(handle, "callback_delete", partner, type) == 1;
    }

    /**
     * Signs with another secret from now on, and for so long with the one before as well; as long as they have time left, so do those
     * before that.
     *
     * @return the new secret
     */
    String rotate(Handle handle, String partner, int type, int overlapSeconds) {
        String secret = secrets.create();
        handle.createUpdate(database.sql("callback_rotate"))
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("sealedSecret", secrets.seal(partner, type, secret))
                .bind(
                        "sealedPrevious",
                        secrets.sealPrevious(partner, type, previous(handle, partner, type, overlapSeconds)))
                .execute();
        return secret;
    }

    /** Without an overlap none of them is good any more. */
    private List<PreviousSecret> previous(Handle handle, String partner, int type, int overlapSeconds) {
        if (overlapSeconds == 0) {
            return List.of();
        }
        long until = Instant.now().getEpochSecond() + overlapSeconds;
        return database.query(handle, "callback_secrets")
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .map((row, context) -> Stream.concat(
                                Stream.of(new PreviousSecret(
                                        secrets.open(partner, type, row.getBytes("sealed_secret")), until)),
                                secrets.openPrevious(partner, type, row.getBytes("sealed_previous")).stream())
                        .limit(MOST_PREVIOUS)
                        .toList())
                .one();
    }

    /** Nothing more is sent to an active callback, as it was then, until it is resumed; whether it was still so. */
    boolean suspend(Handle handle, String partner, int type, OffsetDateTime updatedAt) {
        return handle.createUpdate(database.sql("callback_suspend"))
                        .bind(PARTNER, partner)
                        .bind(TYPE, type)
                        .bind("updatedAt", updatedAt)
                        .execute()
                == 1;
    }

    /** A callback that was suspended is active again. */
    void activate(Handle handle, String partner, int type) {
        execute(handle, "callback_activate", partner, type);
    }

    private int execute(Handle handle, String statement, String partner, int type) {
        return handle.createUpdate(database.sql(statement))
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .execute();
    }

    /** What an attempt has to know, in one query. */
    Optional<Callbacks.Callback> find(Handle handle, String partner, int type, String sender, String tenant) {
        return database.query(handle, "callback_find")
                .bind(PARTNER, partner)
                .bind(TYPE, type)
                .bind("sender", sender)
                .bind("tenant", tenant)
                .map((row, context) -> callback(partner, type, row))
                .findOne();
    }

    private Callbacks.Callback callback(String partner, int type, ResultSet row) throws SQLException {
        CallbackSettings settings = secrets.openSettings(partner, type, row.getBytes("sealed_settings"));
        Stream<String> previous = secrets.openPrevious(partner, type, row.getBytes("sealed_previous")).stream()
                .map(PreviousSecret::secret);
        List<String> signing = Stream.concat(
                        Stream.of(secrets.open(partner, type, row.getBytes("sealed_secret"))), previous)
                .toList();
        return new Callbacks.Callback(
                partner,
                type,
                row.getString("url"),
                row.getObject("updated_at", OffsetDateTime.class),
                signing,
                row.getString("state"),
                row.getBoolean("granted"),
                row.getBoolean("payloads"),
                CallbackFormat.named(row.getString("format")).orElseThrow(),
                settings.auth(),
                settings.headers());
    }
}
