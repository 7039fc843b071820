package routes.delivery;

import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.util.Timeout;
import routes.config.Settings;
import routes.registry.UrlGuard;

/** How partners are reached: only where the guard lets callbacks go, and by the operator's proxy and trust store if there are any. */
final class PartnerConnections {

    private final UrlGuard guard;
    private final PartnerProxy proxy;
    private final TlsSocketStrategy tls;
    private final int workers;
    private final Timeout connect;
    private final Timeout silence;

    PartnerConnections(Settings settings, UrlGuard guard) {
        this.guard = guard;
        proxy = PartnerProxy.of(settings);
        tls = PartnerTls.of(settings);
        workers = settings.positive("callback.workers");
        connect = Timeout.ofSeconds(settings.positive("callback.connect-timeout-seconds"));
        silence = Timeout.ofSeconds(settings.positive("callback.timeout-seconds"));
    }

    /**
     * Gives the client its own connections.
     *
     * @param tooLate whether the request that this thread makes must have ended
     */
    HttpClientBuilder open(HttpClientBuilder builder, BooleanSupplier tooLate) {
        return builder.setConnectionManager(pool(tooLate))
                .setConnectionManagerShared(false)
                .setRoutePlanner(proxy.routes())
                .addExecInterceptorFirst("gate", new PartnerGate(guard));
    }

    private HttpClientConnectionManager pool(BooleanSupplier tooLate) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses(tooLate))
                .setTlsSocketStrategy(tls)
                // partners may share a host: the limit is theirs, not the host's
                .setMaxConnPerRoute(workers)
                .setMaxConnTotal(workers)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(silence)
                        .build())
                .build();
    }

    /** A proxy looks partners up itself, and is the only host that is looked up here. */
    private DnsResolver addresses(BooleanSupplier tooLate) {
        return proxy.isSet() ? SystemDefaultDnsResolver.INSTANCE : new PartnerAddresses(guard, tooLate);
    }
}
