package routes.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Looks hosts up for a client that tries one address after the other: a few are enough, and none when the time is over. */
final class PartnerAddresses implements DnsResolver {

    private static final int MOST = 3;

    private final DnsResolver lookup;
    private final BooleanSupplier tooLate;

    PartnerAddresses(BooleanSupplier tooLate) {
        this(SystemDefaultDnsResolver.INSTANCE, tooLate);
    }

    PartnerAddresses(DnsResolver lookup, BooleanSupplier tooLate) {
        this.lookup = lookup;
        this.tooLate = tooLate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = lookup.resolve(host);
        if (tooLate.getAsBoolean()) {
            throw new UnknownHostException("the lookup took too long");
        }
        return Arrays.copyOf(all, Math.min(all.length, MOST));
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return lookup.resolveCanonicalHostname(host);
    }
}
