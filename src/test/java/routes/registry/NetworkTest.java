package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import routes.http.IpText;

/** The table of networks: its edges, and that it is documented. */
class NetworkTest {

    private static final String EDGES = """
            AZURE            | 168.63.129.16        | 168.63.129.16
            ALIBABA          | 100.100.100.200      | 100.100.100.200
            AWS_IPV6         | fd00:ec2::           | fd00:ec2:ffff:ffff:ffff:ffff:ffff:ffff
            AWS_IPV6         | fd00:ec2::254        | fd00:ec2::23
            GOOGLE_IPV6      | fd20:ce::254         | fd20:ce::254
            ORACLE_IPV6      | fd00:c1::a9fe:a9fe   | fd00:c1::a9fe:a9fe
            SCALEWAY_IPV6    | fd00:42::42          | fd00:42::42
            THIS_NETWORK     | 0.0.0.0              | 0.255.255.255
            PRIVATE_10       | 10.0.0.0             | 10.255.255.255
            CGNAT            | 100.64.0.0           | 100.127.255.255
            LOOPBACK         | 127.0.0.0            | 127.255.255.255
            LINK_LOCAL       | 169.254.0.0          | 169.254.255.255
            LINK_LOCAL       | 169.254.169.254      | 169.254.170.2
            PRIVATE_172      | 172.16.0.0           | 172.31.255.255
            PROTOCOLS        | 192.0.0.0            | 192.0.0.255
            TEST_1           | 192.0.2.0            | 192.0.2.255
            RELAY_6TO4       | 192.88.99.0          | 192.88.99.255
            PRIVATE_192      | 192.168.0.0          | 192.168.255.255
            BENCHMARK        | 198.18.0.0           | 198.19.255.255
            TEST_2           | 198.51.100.0         | 198.51.100.255
            TEST_3           | 203.0.113.0          | 203.0.113.255
            MULTICAST        | 224.0.0.0            | 239.255.255.255
            RESERVED         | 240.0.0.0            | 255.255.255.255
            UNSPECIFIED_IPV6 | ::                   | ::
            LOOPBACK_IPV6    | ::1                  | ::1
            IPV4_COMPATIBLE  | ::2                  | ::ffff:ffff
            IPV4_COMPATIBLE  | ::7f00:1             | ::808:808
            IPV4_MAPPED      | ::ffff:0:0           | ::ffff:ffff:ffff
            IPV4_MAPPED      | ::ffff:7f00:1        | ::ffff:808:808
            NAT64            | 64:ff9b::            | 64:ff9b::ffff:ffff
            NAT64_LOCAL      | 64:ff9b:1::          | 64:ff9b:1:ffff:ffff:ffff:ffff:ffff
            DISCARD          | 100::                | 100::ffff:ffff:ffff:ffff
            TEREDO           | 2001::               | 2001:0:ffff:ffff:ffff:ffff:ffff:ffff
            PROTOCOLS_IPV6   | 2001:1::             | 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff
            DOCUMENTATION    | 2001:db8::           | 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
            SIX_TO_FOUR      | 2002::               | 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            SIX_TO_FOUR      | 2002:7f00:1::        | 2002:a00:1::1
            DOCUMENTATION_2  | 3fff::               | 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff
            SEGMENTS         | 5f00::               | 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            UNIQUE_LOCAL     | fc00::               | fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            LINK_LOCAL_IPV6  | fe80::               | febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            SITE_LOCAL       | fec0::               | feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            MULTICAST_IPV6   | ff00::               | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_0           | ::1:0:0              | 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_0           | 64:ff9b::1:0:0       | 64:ff9b:2::
            REST_0           | 100:0:0:1::          | ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_4           | 4000::               | 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_4           | 5f01::               | 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_8           | 8000::               | fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            REST_8           | fe00::               | fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = EDGES)
    void aNetworkIsFromItsFirstAddressToItsLast(Network network, String first, String last) {
        assertEquals(network, Network.of(bytes(first)).orElseThrow());
        assertEquals(network, Network.of(bytes(last)).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void everyNetworkIsTried(Network network) {
        assertTrue(EDGES.lines().anyMatch(line -> line.startsWith(network + " ")));
    }

    /** The neighbours of all of them that are not in another one, and some that are well known. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.0.0.0          | 9.255.255.255
            11.0.0.0         | 100.63.255.255
            100.128.0.0      | 126.255.255.255
            128.0.0.0        | 169.253.255.255
            168.63.129.15    | 168.63.129.17
            169.255.0.0      | 172.15.255.255
            172.32.0.0       | 191.255.255.255
            192.0.1.0        | 192.0.1.255
            192.0.3.0        | 192.88.98.255
            192.88.100.0     | 192.167.255.255
            192.169.0.0      | 198.17.255.255
            198.20.0.0       | 198.51.99.255
            198.51.101.0     | 203.0.112.255
            203.0.114.0      | 223.255.255.255
            1.1.1.1          | 8.8.8.8
            2000::           | 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            2001:200::       | 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff
            2001:db9::       | 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            2003::           | 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            3fff:1000::      | 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            2606:4700::1111  | 2001:4860:4860::8888
            """)
    void whatLiesBetweenThemIsPublic(String first, String last) {
        assertTrue(Network.of(bytes(first)).isEmpty(), first);
        assertTrue(Network.of(bytes(last)).isEmpty(), last);
    }

    /** No address of a network that can be opened may be a service of the cloud. */
    @Test
    void theNarrowerOfTwoNetworksComesFirst() {
        List<Network> all = Arrays.asList(Network.values());
        Set<String> hidden = new TreeSet<>();
        for (Network network : all) {
            all.subList(0, network.ordinal()).stream()
                    .filter(before -> before.cidr().contains(network.cidr()))
                    .forEach(before -> hidden.add(before + " hides " + network));
        }
        assertEquals(Set.of(), hidden);
    }

    @Test
    void thePageOnSecurityListsThemAll() throws Exception {
        String documented = Files.readString(Path.of("docs/security.md"))
                .lines()
                .filter(line -> line.matches("\\| `[0-9a-f.:]+/\\d+` \\|.*"))
                .collect(Collectors.joining("\n"));
        assertEquals(
                Arrays.stream(Network.values())
                        .map(network -> "| `" + network.text() + "` | " + network.why() + " | "
                                + network.opens().words() + " |")
                        .collect(Collectors.joining("\n")),
                documented);
    }

    private static byte[] bytes(String address) {
        return IpText.read(address).orElseThrow();
    }
}
