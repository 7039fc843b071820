package routes.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which address a request comes from. {@code X-Forwarded-For} counts as far as proxies of ours have written it: anybody can send one.
 *
 * @param networks where these proxies are
 */
record TrustedProxies(List<Cidr> networks) {

    private static final String MAPPED = "::ffff:";

    /** @throws IllegalArgumentException when one is no network */
    static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Cidr::of).toList());
    }

    /**
     * The rightmost address that is not a proxy of ours. Where something is written that is no address, it is the proxy that wrote it.
     *
     * @param peer who has connected
     * @param forwardedFor every value of the header
     */
    byte[] client(byte[] peer, List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
        byte[] client = peer;
        for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
            Optional<byte[]> next = address(hops.get(i).strip());
            if (next.isEmpty()) {
                return client;
            }
            client = next.get();
        }
        return client;
    }

    boolean trusts(byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Some proxies write a port too, or an IPv4 address as an IPv6 one. */
    static Optional<byte[]> address(String text) {
        String bare = text;
        if (text.startsWith("[")) {
            bare = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            bare = text.substring(0, text.indexOf(':'));
        }
        if (bare.regionMatches(true, 0, MAPPED, 0, MAPPED.length()) && bare.indexOf('.') > 0) {
            bare = bare.substring(MAPPED.length());
        }
        return IpText.read(bare);
    }
}
