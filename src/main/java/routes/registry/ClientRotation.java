package routes.registry;

import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.auth.Clients;
import routes.auth.NewSecret;
import routes.config.ContextService;
import routes.http.Overlap;
import routes.http.Refused;
import routes.http.Request;

/** Other secrets for clients that were made by API. */
@BindToRegistry("client-rotation")
public class ClientRotation extends ContextService {

    private static final String DEFAULT_OVERLAP = "oauth2.secret-overlap";

    private RegistryStore store;
    private ClientTable table;
    private ClientAdmin admin;
    private Clients clients;
    private int overlapSeconds;

    @Override
    protected void doStart() {
        store = bean("registry-store", RegistryStore.class);
        table = bean("client-store", ClientTable.class);
        admin = bean("client-admin", ClientAdmin.class);
        clients = bean("clients", Clients.class);
        long seconds = settings().duration(DEFAULT_OVERLAP).toSeconds();
        if (seconds > Overlap.LONGEST) {
            throw new IllegalArgumentException(DEFAULT_OVERLAP + " must be at most 168h");
        }
        overlapSeconds = (int) seconds;
    }

    /**
     * Makes another secret, which this answer alone shows; for {@code overlapSeconds} the one before is good as well. Without an overlap
     * the tokens that are out end too: whoever has found the secret may have some.
     *
     * @throws Refused 400, 404, or 409 when it is a client of the properties
     */
    public Map<String, Object> rotate(Exchange exchange) {
        int overlap = Overlap.seconds(exchange, overlapSeconds);
        String id = admin.changeable(Request.of(exchange).segment(1));
        String before = store.inTransaction(handle -> table.known(handle, id)).newestHash();
        NewSecret secret = NewSecret.after(before, clients.secretIterations());
        return store.inTransaction(handle -> {
            StoredClient client = table.locked(handle, id);
            if (client.has(secret)) { // it was committed, but we were not told
                return client.view(secret);
            }
            table.rotate(handle, id, secret, overlap);
            if (overlap == 0) {
                table.revoke(handle, id);
            }
            admin.audit(handle, exchange, "rotate secret", id, List.of("secret rotated, overlap " + overlap + " s"));
            return table.known(handle, id).view(secret);
        });
    }
}
