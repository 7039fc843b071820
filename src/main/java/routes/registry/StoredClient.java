package routes.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import routes.auth.Client;
import routes.auth.NewSecret;

/**
 * A client that was made by API.
 *
 * @param hashes of the secrets that are good now, the newest first
 * @param settings what may be changed of it
 * @param previousUntil how long the secret before the newest one is good as well, or null
 * @param since tokens from before are not good any more; in microseconds
 */
record StoredClient(
        String id,
        List<String> hashes,
        ClientSettings settings,
        String previousUntil,
        long since,
        String createdAt,
        String updatedAt) {

    static StoredClient of(ResultSet row) throws SQLException {
        boolean previous = row.getBoolean("previous_good");
        return new StoredClient(
                row.getString("client_id"),
                previous
                        ? List.of(row.getString("secret_hash"), row.getString("previous_hash"))
                        : List.of(row.getString("secret_hash")),
                new ClientSettings(
                        row.getString("name"),
                        texts(row, "scopes"),
                        texts(row, "tenants"),
                        row.getString("partner_id"),
                        row.getBoolean("disabled")),
                previous ? RegistryStore.time(row, "previous_until") : null,
                micros(row, "tokens_since"),
                RegistryStore.time(row, "created_at"),
                RegistryStore.time(row, "updated_at"));
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        Set<String> texts = new TreeSet<>();
        for (Object text : (Object[]) row.getArray(column).getArray()) {
            texts.add(text.toString());
        }
        return texts;
    }

    static long micros(ResultSet row, String column) throws SQLException {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
    }

    String newestHash() {
        return hashes.get(0);
    }

    /** Whether this is its secret, and the newest one. */
    boolean has(NewSecret secret) {
        return newestHash().equals(secret.hash());
    }

    /** What the tokens want to know of it. */
    Client client() {
        return Client.registered(id, hashes, settings.scopes(), settings.tenants(), settings.partner(), since);
    }

    /** As the API shows it. */
    Map<String, Object> view() {
        Map<String, Object> view = view(id, "api", settings);
        view.put("previousSecretUntil", previousUntil);
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
        return view;
    }

    /** As the API shows it once, with the secret that it has from now on. */
    Map<String, Object> view(NewSecret secret) {
        Map<String, Object> view = view();
        view.put("secret", secret.text());
        return view;
    }

    /** As the API shows a client of the properties. */
    static Map<String, Object> view(Client client) {
        return view(
                client.id(),
                "properties",
                new ClientSettings(null, client.scopes(), client.tenants(), client.partner(), false));
    }

    private static Map<String, Object> view(String id, String source, ClientSettings settings) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("source", source);
        view.put("name", settings.name());
        view.put("scopes", settings.scopes());
        view.put("tenants", settings.tenants());
        view.put("partner", settings.partner());
        view.put("disabled", settings.disabled());
        return view;
    }

    /** Not the hashes. */
    @Override
    public String toString() {
        return "StoredClient[" + id + "]";
    }
}
