package routes.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.ClientAddresses;
import routes.http.Refused;

/**
 * Slows who guesses secrets: beyond so many failures of one address (or, at the token endpoint, of one client id) the next attempt that fails is
 * told to wait. Only failures are counted, and what is right is always let in: so nobody can keep out anybody else.
 */
@BindToRegistry("failed-attempts")
public class FailedAttempts extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(FailedAttempts.class);
    private static final int IPV4_BYTES = 4;
    /** Whoever has an IPv6 address has 2^64 of them. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private ClientAddresses addresses;
    private FailureCounts counts;
    private int most;

    @Override
    protected void doStart() {
        Settings settings = settings();
        most = settings.positive("auth.max-failures");
        counts = new FailureCounts(settings.duration("auth.failure-window"), Clock.systemUTC());
        addresses = bean("client-addresses", ClientAddresses.class);
    }

    /** Whether too many have failed already. */
    boolean areMany(Exchange exchange, String clientId) {
        return counts.get(network(addresses.of(exchange))) >= most || counts.get(key(clientId)) >= most;
    }

    /**
     * Notes that the attempt failed.
     *
     * @throws Refused 429 when too many have
     */
    void note(Exchange exchange) {
        refuse(noteAddress(addresses.of(exchange)));
    }

    /** The same where the attempt names a client. */
    void note(Exchange exchange, String clientId) {
        int byAddress = noteAddress(addresses.of(exchange));
        int byClient = counts.add(key(clientId));
        if (byClient == most + 1 && Client.isValidId(clientId)) {
            LOG.warn("too many attempts failed client={}: those that fail are told to wait", clientId);
        }
        refuse(Math.max(byAddress, byClient));
    }

    private int noteAddress(byte[] address) {
        int failures = counts.add(network(address));
        if (failures == most + 1) {
            LOG.warn("too many attempts failed address={}: those that fail are told to wait", text(address));
        }
        return failures;
    }

    private void refuse(int failures) {
        if (failures > most) {
            throw Refused.tooMany("too many attempts have failed; one that is right is let in", counts.secondsLeft());
        }
    }

    private static byte[] network(byte[] address) {
        return address.length == IPV4_BYTES ? address : Arrays.copyOf(address, IPV6_NETWORK_BYTES);
    }

    private static byte[] key(String clientId) {
        return ("client " + clientId).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
