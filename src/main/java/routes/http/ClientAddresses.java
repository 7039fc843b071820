package routes.http;

import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.config.ContextService;

/** Where requests come from, also behind the proxies of {@code http.trusted-proxies}. */
@BindToRegistry("client-addresses")
public class ClientAddresses extends ContextService {

    private static final String KEY = "http.trusted-proxies";
    private static final byte[] NOWHERE = new byte[4];

    private TrustedProxies proxies;

    @Override
    protected void doStart() {
        try {
            proxies = TrustedProxies.of(settings().list(KEY));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KEY + ": " + e.getMessage(), e);
        }
    }

    /** The 4 or 16 bytes of the client's address. */
    public byte[] of(Exchange exchange) {
        Request request = Request.of(exchange);
        String peer = request.peer().replaceAll("%.*", "");
        return proxies.client(TrustedProxies.address(peer).orElse(NOWHERE), request.headers("X-Forwarded-For"));
    }
}
