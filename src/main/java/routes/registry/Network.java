package routes.registry;

import java.util.Arrays;
import java.util.Optional;
import routes.http.Cidr;

/**
 * The networks that partners' servers are not in: what the registries of IANA have for special purposes, and the metadata
 * services of clouds, which give away credentials. The only place where they are; docs/security.md lists them.
 */
enum Network {
    // Of several networks that have an address the first one counts: the narrower before the wider.
    AZURE("168.63.129.16/32", "metadata of Azure, at a public address", Opens.NEVER),
    ALIBABA("100.100.100.200/32", "metadata of Alibaba Cloud", Opens.NEVER),
    AWS_IPV6("fd00:ec2::/32", "metadata and credentials of AWS", Opens.NEVER),
    GOOGLE_IPV6("fd20:ce::254/128", "metadata of Google Cloud", Opens.NEVER),
    ORACLE_IPV6("fd00:c1::a9fe:a9fe/128", "metadata of Oracle Cloud", Opens.NEVER),
    SCALEWAY_IPV6("fd00:42::42/128", "metadata of Scaleway", Opens.NEVER),

    THIS_NETWORK("0.0.0.0/8", "this host, on this network", Opens.NEVER),
    PRIVATE_10("10.0.0.0/8", "private", Opens.BY_OPERATOR),
    CGNAT("100.64.0.0/10", "shared behind a carrier's NAT", Opens.BY_OPERATOR),
    LOOPBACK("127.0.0.0/8", "this host", Opens.IN_DEMO),
    LINK_LOCAL("169.254.0.0/16", "link-local; metadata of most clouds", Opens.NEVER),
    PRIVATE_172("172.16.0.0/12", "private", Opens.BY_OPERATOR),
    PROTOCOLS("192.0.0.0/24", "protocol assignments; metadata of Oracle Cloud", Opens.NEVER),
    TEST_1("192.0.2.0/24", "documentation", Opens.NEVER),
    RELAY_6TO4("192.88.99.0/24", "relays of 6to4", Opens.NEVER),
    PRIVATE_192("192.168.0.0/16", "private", Opens.BY_OPERATOR),
    BENCHMARK("198.18.0.0/15", "measurements", Opens.NEVER),
    TEST_2("198.51.100.0/24", "documentation", Opens.NEVER),
    TEST_3("203.0.113.0/24", "documentation", Opens.NEVER),
    MULTICAST("224.0.0.0/4", "multicast", Opens.NEVER),
    RESERVED("240.0.0.0/4", "reserved; broadcast", Opens.NEVER),

    UNSPECIFIED_IPV6("::/128", "no address", Opens.NEVER),
    LOOPBACK_IPV6("::1/128", "this host", Opens.IN_DEMO),
    IPV4_MAPPED("::ffff:0:0/96", "an IPv4 address, mapped", Opens.NEVER),
    IPV4_COMPATIBLE("::/96", "an IPv4 address, in an older form", Opens.NEVER),
    NAT64("64:ff9b::/96", "an IPv4 address, by NAT64", Opens.NEVER),
    NAT64_LOCAL("64:ff9b:1::/48", "an IPv4 address, by NAT64", Opens.NEVER),
    DISCARD("100::/64", "discarded", Opens.NEVER),
    TEREDO("2001::/32", "an IPv4 address, by Teredo", Opens.NEVER),
    PROTOCOLS_IPV6("2001::/23", "protocol assignments", Opens.NEVER),
    DOCUMENTATION("2001:db8::/32", "documentation", Opens.NEVER),
    SIX_TO_FOUR("2002::/16", "an IPv4 address, by 6to4", Opens.NEVER),
    DOCUMENTATION_2("3fff::/20", "documentation", Opens.NEVER),
    SEGMENTS("5f00::/16", "segment routing", Opens.NEVER),
    UNIQUE_LOCAL("fc00::/7", "private", Opens.BY_OPERATOR),
    LINK_LOCAL_IPV6("fe80::/10", "link-local", Opens.NEVER),
    SITE_LOCAL("fec0::/10", "private once, withdrawn", Opens.NEVER),
    MULTICAST_IPV6("ff00::/8", "multicast", Opens.NEVER),
    // all that is left but 2000::/3, which is the public Internet
    REST_0("::/3", "not public", Opens.NEVER),
    REST_4("4000::/2", "not public", Opens.NEVER),
    REST_8("8000::/1", "not public", Opens.NEVER);

    /** What lets callbacks into a network. */
    enum Opens {
        NEVER("never"),
        IN_DEMO("the demo settings"),
        BY_OPERATOR("`callback.allowed-networks`");

        private final String words;

        Opens(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final String text;
    private final Cidr cidr;
    private final String why;
    private final Opens opens;

    Network(String text, String why, Opens opens) {
        this.text = text;
        this.cidr = Cidr.of(text);
        this.why = why;
        this.opens = opens;
    }

    /** The network of that address; empty when it is a public one. */
    static Optional<Network> of(byte[] address) {
        return Arrays.stream(values())
                .filter(network -> network.cidr.contains(address))
                .findFirst();
    }

    String text() {
        return text;
    }

    Cidr cidr() {
        return cidr;
    }

    String why() {
        return why;
    }

    Opens opens() {
        return opens;
    }
}
