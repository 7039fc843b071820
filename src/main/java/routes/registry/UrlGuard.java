package routes.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import routes.config.ContextService;
import routes.config.Settings;

/**
 * Where partners may have something sent to: URLs are theirs, and the network they are called from is ours. It is asked when a URL
 * is registered, and again at every connection, since what a name leads to may change at any time.
 */
@BindToRegistry("url-guard")
public class UrlGuard extends ContextService {

    /** A bean of that name looks hosts up instead of the system. */
    private static final String RESOLVER = "resolver";

    /** Apart, so that whoever registers hosts that are never found holds up no delivery. */
    private static final int REGISTRATIONS_AT_ONCE = 8;

    private static final int CONNECTIONS_AT_ONCE = 64;
    private static final Set<String> TRIED_OUT_WITH = Set.of("http", "https");

    private boolean demo;
    private boolean proxied;
    private AllowedPorts ports;
    private AllowedHosts hosts;
    private AllowedAddresses addresses;
    private HostLookup registering;
    private HostLookup connecting;

    @Override
    protected void doStart() {
        Settings settings = settings();
        demo = settings.flag("demo.enabled");
        proxied = !settings.text("callback.proxy").isEmpty();
        ports = new AllowedPorts(settings.list("callback.allowed-ports"));
        hosts = new AllowedHosts(settings.list("callback.allowed-hosts"));
        addresses = new AllowedAddresses(settings.list("callback.allowed-networks"), demo);
        if (proxied && !hosts.areListed()) {
            throw new IllegalArgumentException("callback.proxy looks hosts up itself, where nothing is checked:"
                    + " callback.allowed-hosts must say which ones partners may have called (* for all)");
        }
        DnsResolver resolver = Optional.ofNullable(
                        getCamelContext().getRegistry().lookupByNameAndType(RESOLVER, DnsResolver.class))
                .orElse(SystemDefaultDnsResolver.INSTANCE);
        registering = new HostLookup(resolver, REGISTRATIONS_AT_ONCE);
        connecting = new HostLookup(resolver, CONNECTIONS_AT_ONCE);
    }

    @Override
    protected void doStop() {
        if (connecting != null) {
            registering.close();
            connecting.close();
        }
    }

    /**
     * What is wrong with a URL that somebody registers. A host that is not found is no problem now: it is looked up again at every
     * connection.
     */
    public Optional<UrlProblem> problem(String url) {
        Optional<UrlProblem> written = written(url);
        return written.isPresent() || proxied
                ? written
                : reached(UrlText.read(url).orElseThrow().host());
    }

    /** What is wrong with the text alone. */
    public Optional<UrlProblem> written(String url) {
        return UrlText.read(url).map(this::written).orElse(Optional.of(UrlProblem.FORM));
    }

    private Optional<UrlProblem> written(UrlText url) {
        if (demo && isThisMachine(url) && TRIED_OUT_WITH.contains(url.scheme())) {
            return Optional.empty();
        }
        if (!"https".equals(url.scheme())) {
            return Optional.of(UrlProblem.SCHEME);
        }
        if (!ports.allow(url.port())) {
            return Optional.of(UrlProblem.PORT);
        }
        if (!hosts.allow(url.host())) {
            return Optional.of(UrlProblem.HOST);
        }
        boolean allowed = url.address().map(addresses::allow).orElse(true);
        return allowed ? Optional.empty() : Optional.of(UrlProblem.ADDRESS);
    }

    private static boolean isThisMachine(UrlText url) {
        return url.host().equalsIgnoreCase("localhost")
                || url.address()
                        .flatMap(Network::of)
                        .filter(network -> network.opens() == Network.Opens.IN_DEMO)
                        .isPresent();
    }

    private Optional<UrlProblem> reached(String host) {
        try {
            return allowAll(registering.find(host)) ? Optional.empty() : Optional.of(UrlProblem.ADDRESS);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * The addresses of a host, for connecting to these and not to what another lookup would give.
     *
     * @return empty when one of them may not be called: then none of them may
     */
    public Optional<List<InetAddress>> addresses(String host) throws UnknownHostException {
        InetAddress[] found = connecting.find(host);
        return allowAll(found) ? Optional.of(List.of(found)) : Optional.empty();
    }

    private boolean allowAll(InetAddress[] found) {
        return Arrays.stream(found).map(InetAddress::getAddress).allMatch(addresses::allow);
    }
}
