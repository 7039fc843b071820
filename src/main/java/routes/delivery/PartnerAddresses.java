package routes.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import routes.registry.UrlGuard;

/**
 * Looks hosts up for a client that tries one address after the other: none unless all may be called, and of those a few are
 * enough; none either when the time is over.
 */
final class PartnerAddresses implements DnsResolver {

    private static final int MOST = 3;

    private final UrlGuard guard;
    private final BooleanSupplier tooLate;

    PartnerAddresses(UrlGuard guard, BooleanSupplier tooLate) {
        this.guard = guard;
        this.tooLate = tooLate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> all = guard.addresses(host).orElseThrow(PartnerGate::refused);
        if (tooLate.getAsBoolean()) {
            throw new UnknownHostException("the lookup took too long");
        }
        return all.stream().limit(MOST).toArray(InetAddress[]::new);
    }

    /** Nobody asks for it: it would be a name that the guard has not seen. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
