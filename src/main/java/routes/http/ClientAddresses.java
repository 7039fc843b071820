package routes.http;

import java.util.List;
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
        return proxies.client(peer(request), request.headers("X-Forwarded-For"));
    }

    private static byte[] peer(Request request) {
        return TrustedProxies.address(request.peer().replaceAll("%.*", "")).orElse(NOWHERE);
    }

    /** Whether it came by TLS: to us, or to a proxy of ours that says so. */
    public boolean isSecure(Exchange exchange) {
        Request request = Request.of(exchange);
        List<String> said = request.headers("X-Forwarded-Proto");
        return request.isTls()
                || proxies.trusts(peer(request))
                        && said.size() == 1
                        && said.get(0).equalsIgnoreCase("https");
    }
}
