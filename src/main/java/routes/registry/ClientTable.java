package routes.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import routes.auth.Client;
import routes.auth.ClientStore;
import routes.auth.GoodTokens;
import routes.auth.NewSecret;
import routes.config.ContextService;
import routes.http.Refused;
import routes.store.Database;

/** The table {@code client}: what the tokens ask of it, and its statements, which run in the transaction of whoever calls them. */
@BindToRegistry("client-store")
public class ClientTable extends ContextService implements ClientStore {

    private static final String CLIENT = "client";

    private RegistryStore store;
    private Database database;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        database = store.database();
    }

    @Override
    public Optional<Client> find(String id) {
        return store.read(handle -> get(handle, id))
                .filter(stored -> !stored.settings().disabled())
                .map(StoredClient::client);
    }

    @Override
    public GoodTokens goodTokens() {
        long[] readAt = new long[1];
        Map<String, Long> since = new HashMap<>();
        database.with(handle -> database.query(handle, "client_tokens")
                .map((row, context) -> {
                    readAt[0] = StoredClient.micros(row, "read_at");
                    String id = row.getString("client_id");
                    return id == null ? null : since.put(id, StoredClient.micros(row, "tokens_since"));
                })
                .list());
        return new GoodTokens(readAt[0], Map.copyOf(since));
    }

    private Optional<StoredClient> get(Handle handle, String id) {
        return database.query(handle, "client_get")
                .bind(CLIENT, id)
                .map((row, context) -> StoredClient.of(row))
                .findOne();
    }

    /** All of them: there are not many. */
    List<StoredClient> list(Handle handle) {
        return database.query(handle, "client_list")
                .map((row, context) -> StoredClient.of(row))
                .list();
    }

    int count(Handle handle) {
        return database.query(handle, "client_count").mapTo(Integer.class).one();
    }

    /** @throws Refused 404 when there is none */
    StoredClient known(Handle handle, String id) {
        return get(handle, id).orElseThrow(() -> new Refused(404, "not_found", "there is no such client"));
    }

    /**
     * The same; whoever else changes it waits until this transaction ends.
     *
     * @throws Refused 404 when there is none
     */
    StoredClient locked(Handle handle, String id) {
        database.query(handle, "client_lock")
                .bind(CLIENT, id)
                .mapTo(String.class)
                .findOne();
        return known(handle, id);
    }

    /** Whether there was none before. */
    boolean insert(Handle handle, String id, ClientSettings settings, NewSecret secret) {
        return put(handle, "client_insert", id, settings)
                        .bind("secretHash", secret.hash())
                        .execute()
                == 1;
    }

    void update(Handle handle, String id, ClientSettings settings) {
        put(handle, "client_update", id, settings)
                .bind("disabled", settings.disabled())
                .execute();
    }

    private Update put(Handle handle, String statement, String id, ClientSettings settings) {
        return update(handle, statement, id)
                .bind("name", settings.name())
                .bindByType("scopes", settings.scopes().toArray(String[]::new), String[].class)
                .bindByType("tenants", settings.tenants().toArray(String[]::new), String[].class)
                .bind("partner", settings.partner());
    }

    void rotate(Handle handle, String id, NewSecret secret, int overlapSeconds) {
        update(handle, "client_rotate", id)
                .bind("secretHash", secret.hash())
                .bind("overlapSeconds", overlapSeconds)
                .execute();
    }

    /** Tokens that are out are not good any more. */
    void revoke(Handle handle, String id) {
        update(handle, "client_revoke", id).execute();
    }

    void delete(Handle handle, String id) {
        update(handle, "client_delete", id).execute();
    }

    private Update update(Handle handle, String statement, String id) {
        return handle.createUpdate(database.sql(statement)).bind(CLIENT, id);
    }
}
