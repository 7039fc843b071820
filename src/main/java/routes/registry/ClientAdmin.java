package routes.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import routes.auth.Caller;
import routes.auth.Client;
import routes.auth.Clients;
import routes.auth.NewSecret;
import routes.config.ContextService;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.Request;

/** Clients that operators make, change and remove by API. Those of the properties are shown beside them, and left alone. */
@BindToRegistry("client-admin")
public class ClientAdmin extends ContextService {

    private static final int MOST = 1_000;
    private static final String DISABLED = "disabled";

    private RegistryStore store;
    private ClientTable table;
    private Clients clients;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        table = bean("client-store", ClientTable.class);
        clients = bean("clients", Clients.class);
    }

    /**
     * Makes a client; this answer alone shows its secret.
     *
     * @throws Refused 400 when the request is not as it must be, 409 when there is such a client already, or there are too many
     */
    public Map<String, Object> create(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, with("id"));
        String id = fields.text("id").orElse("");
        if (!Client.isValidId(id)) {
            throw Refused.badRequest("id must be 1 to 64 letters, digits, hyphens and underscores");
        }
        ClientSettings settings = ClientSettings.of(fields);
        changeable(id);
        NewSecret secret = NewSecret.first(clients.secretIterations());
        return store.inTransaction(handle -> {
            if (!table.insert(handle, id, settings, secret)) {
                StoredClient there = table.known(handle, id);
                if (there.has(secret)) { // it was committed, but we were not told
                    return there.view(secret);
                }
                throw new Refused(409, "client_exists", "there is a client with this id");
            }
            if (table.count(handle) > MOST) {
                throw new Refused(409, "too_many_clients", "there are " + MOST + " clients already");
            }
            List<String> changes = new ArrayList<>(List.of("created"));
            changes.addAll(settings.changesFrom(new ClientSettings(null, Set.of(), Set.of(), null, false)));
            audit(handle, exchange, "create client", id, changes);
            return table.known(handle, id).view(secret);
        });
    }

    /** All clients by their ids, or a part of them. */
    public Map<String, Object> list(Exchange exchange) {
        Page page = page(Request.of(exchange));
        Map<String, Map<String, Object>> all = new TreeMap<>();
        store.inTransaction(table::list).forEach(stored -> all.put(stored.id(), stored.view()));
        clients.configured().forEach((id, client) -> all.put(id, StoredClient.view(client)));
        exchange.setVariable("totalCount", all.size());
        return Map.of(
                "clients",
                all.values().stream().skip(page.offset()).limit(page.limit()).toList());
    }

    private static Page page(Request request) {
        try {
            return Page.of(request);
        } catch (RegistryRefused e) {
            throw Refused.badRequest(e.description());
        }
    }

    /** @throws Refused 404 when there is no such client */
    public Map<String, Object> get(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        String id = request.segment(1);
        Client configured = clients.configured().get(id);
        return configured != null
                ? StoredClient.view(configured)
                : store.inTransaction(handle -> table.known(handle, id)).view();
    }

    /**
     * Replaces all that may be changed of a client. Tokens that say something else end.
     *
     * @throws Refused 400, 404, or 409 when it is a client of the properties
     */
    public Map<String, Object> put(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, with(DISABLED));
        ClientSettings asked = ClientSettings.of(fields);
        String id = changeable(Request.of(exchange).segment(1));
        return store.inTransaction(handle -> {
            ClientSettings before = table.locked(handle, id).settings();
            // whoever changes a tenant does not mean to let a client in again that was shut out
            ClientSettings settings = asked.disabled(fields.flag(DISABLED, before.disabled()));
            table.update(handle, id, settings);
            if (settings.allowsOtherThan(before)) {
                table.revoke(handle, id);
            }
            audit(handle, exchange, "put client", id, settings.changesFrom(before));
            return table.known(handle, id).view();
        });
    }

    /**
     * Removes a client; its tokens end.
     *
     * @throws Refused 404, or 409 when it is a client of the properties
     */
    public void delete(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        String id = changeable(request.segment(1));
        store.inTransaction(handle -> {
            table.locked(handle, id);
            table.delete(handle, id);
            audit(handle, exchange, "delete client", id, List.of("deleted"));
            return null;
        });
    }

    private static Set<String> with(String field) {
        Set<String> fields = new HashSet<>(ClientSettings.FIELDS);
        fields.add(field);
        return fields;
    }

    /** A client of the properties comes before one of the same id here. */
    String changeable(String id) {
        if (clients.configured().containsKey(id)) {
            throw new Refused(409, "client_of_properties", "the client is one of the properties, and changed there");
        }
        return id;
    }

    void audit(Handle handle, Exchange exchange, String action, String id, List<String> changes) {
        store.audit(handle, Caller.of(exchange).client(), action, "client " + id, changes);
    }
}
