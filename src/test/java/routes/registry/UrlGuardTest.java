package routes.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Addresses;
import routes.support.Guard;

/** Where partners may have something sent to: by the text of a URL, and by what its host leads to. */
class UrlGuardTest {

    private static final String LONGEST = "https://partner.example/" + "a".repeat(1976);

    private final InMemoryDnsResolver names = new InMemoryDnsResolver();
    private final UrlGuard production = Guard.of(Map.of(), names);
    private final UrlGuard demo = Guard.of(Map.of("demo.enabled", "true"), names);

    // ------------------------------------------------------------------------------------------------------- the text

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://partner.example",
                "https://partner.example/",
                "HTTPS://Partner.Example/hook",
                "https://partner.example:443/a/b?c=d&e=%C3%A9",
                "https://partner.example:8443/hook",
                "https://8.8.8.8/hook",
                "https://[2606:4700::1111]:443/hook",
                "https://9gag.partner-2.example/hook",
                "https://intranet/hook",
                "https://0x7f.example/hook"
            })
    void httpsToNamesAndPublicAddressesIsNoProblem(String url) {
        assertEquals(Optional.empty(), production.problem(url));
        assertEquals(Optional.empty(), demo.problem(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/hook",
                "http://127.255.3.4/hook",
                "http://localhost/hook",
                "http://LOCALHOST:1/hook",
                "http://[::1]:8080/hook",
                "http://[0:0:0:0:0:0:0:1]/hook"
            })
    void httpToThisMachineIsForTheDemoSettingsOnly(String url) {
        assertEquals(Optional.empty(), demo.problem(url));
        assertEquals(Optional.of(UrlProblem.SCHEME), production.problem(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1:9999/hook", "https://localhost:9999/hook", "https://[::1]:9999/hook"})
    void anyPortOfThisMachineIsForTheDemoSettingsOnly(String url) {
        assertEquals(Optional.empty(), demo.problem(url));
        assertEquals(Optional.of(UrlProblem.PORT), production.problem(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://partner.example/hook",
                "http://127.0.0.1.partner.example/hook",
                "http://0.0.0.0/hook",
                "http://10.0.0.1/hook",
                "http://[::2]/hook",
                "http://localhost.partner.example/hook",
                "ftp://127.0.0.1/hook",
                "file://localhost/etc/passwd",
                "gopher://localhost/hook",
                "javascript://localhost/%0aalert(1)"
            })
    void nothingElseGoesWithoutTls(String url) {
        assertEquals(Optional.of(UrlProblem.SCHEME), demo.problem(url));
        assertEquals(Optional.of(UrlProblem.SCHEME), production.problem(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://partner.example:80/hook",
                "https://partner.example:22/hook",
                "https://partner.example:8442/hook",
                "https://8.8.8.8:5432/hook"
            })
    void otherPortsAreRefused(String url) {
        assertEquals(Optional.of(UrlProblem.PORT), demo.problem(url));
        assertEquals(Optional.of(UrlProblem.PORT), production.problem(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "/hook",
                "//partner.example/hook",
                "partner.example/hook",
                "https:partner.example",
                "https:///hook",
                "https://",
                "https://?a=b",
                "https://user@partner.example/hook",
                "https://user:secret@partner.example/hook",
                "https://@partner.example/hook",
                "https://partner.example@127.0.0.1/hook",
                "https://partner.example/hook#",
                "https://partner.example/hook#part",
                "https://partner.example:0/hook",
                "https://partner.example:65536/hook",
                "https://partner.example:4294967739/hook",
                "https://partner.example:port/hook",
                "https://partner.example\\@other.example/hook",
                "https://partner.example\\hook",
                "https://partner.example/a b",
                "' https://partner.example/'",
                "https://partner.example/{{sealing.keys}}",
                "https://[2606:4700::99999999999.1]/hook",
                "https://xn--bcher-kva.example/hook",
                "https://hooks.XN--bcher-kva.example/hook",
                "https://bücher.example/hook",
                "https://127。0。0。1/hook",
                "https://①②⑦.0.0.1/hook",
                "https://%31%32%37.0.0.1/hook",
                "https://127.0.0.1%00.partner.example/hook",
                "https://partner.example/%zz",
                "https://part_ner.example/hook",
                "https://-partner.example/hook",
                "https://partner..example/hook",
                "https://partner.example./hook",
                "https://localhost./hook",
                "https://127.0.0.1./hook"
            })
    void whatIsNoPlainAbsoluteUrlIsRefused(String url) {
        assertEquals(Optional.of(UrlProblem.FORM), demo.problem(url));
    }

    /** In any of them a reader may see an address of this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0177.0.0.1",
                "0177.0.0.01",
                "127.0.0.01",
                "127.000.000.001",
                "017700000001",
                "0x7f.0.0.1",
                "0x7f.0x0.0x0.0x1",
                "0x7f000001",
                "0X7F000001",
                "2130706433",
                "127.1",
                "127.0.1",
                "127.0.0.0.1",
                "127.0.0.256",
                "127.0.0.1.",
                "partner.127",
                "partner.0x7f",
                "partner.example.1",
                "[::ffff:127.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[::1%lo]",
                "[::1%251]",
                "[fe80::1%25eth0]",
                "[v1.fe80]",
                "[127.0.0.1]",
                "[::1",
                "::1",
                "[:::1]",
                "[1::1::1]"
            })
    void anAddressHasOnePlainNotation(String host) {
        assertEquals(Optional.of(UrlProblem.FORM), production.problem("https://" + host + "/hook"));
        assertEquals(Optional.of(UrlProblem.FORM), demo.problem("http://" + host + "/hook"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '\t', '\0', '\u007f', '\u2028'})
    void aUrlIsOneLine(char hidden) {
        String url = "https://partner.example/hook" + hidden + "X-Header: 1";
        assertEquals(Optional.of(UrlProblem.FORM), demo.problem(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "aa"})
    void aUrlHas2000CharactersAtTheMost(String more) {
        assertEquals(Optional.empty(), production.problem(LONGEST));
        assertEquals(Optional.of(UrlProblem.FORM), production.problem(LONGEST + more));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void aLabelHas63CharactersAtTheMost(int length) {
        Optional<UrlProblem> expected = length > 63 ? Optional.of(UrlProblem.FORM) : Optional.empty();
        String label = "a".repeat(length);
        assertEquals(expected, production.problem("https://" + label + ".example/"));
        assertEquals(expected, production.problem("https://partner." + label + "/"));
    }

    // -------------------------------------------------------------------------------------------------- the addresses

    @ParameterizedTest
    @EnumSource
    void aHostThatIsAnAddressIsJudgedWithoutLookingItUp(Network network) {
        String address = network.text().replaceFirst("/.*", "");
        String url = "https://" + (address.contains(":") ? "[" + address + "]" : address) + "/hook";
        assertEquals(Optional.of(UrlProblem.ADDRESS), production.written(url));
        assertEquals(Optional.of(UrlProblem.ADDRESS), production.problem(url));
        Optional<UrlProblem> open =
                network.opens() == Network.Opens.IN_DEMO ? Optional.empty() : production.written(url);
        assertEquals(open, demo.written(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::ffff:7f00:1]", "[::ffff:808:808]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[2002:7f00:1::]"})
    void anIpv4AddressInOtherClothesIsRefusedWhicheverItIs(String host) {
        assertEquals(Optional.of(UrlProblem.ADDRESS), production.written("https://" + host + "/"));
        assertEquals(Optional.of(UrlProblem.ADDRESS), demo.written("https://" + host + "/"));
    }

    static Stream<Arguments> networks() {
        return Arrays.stream(Network.values())
                .map(network ->
                        Arguments.of(network.text().replaceFirst("/.*", ""), network.opens() == Network.Opens.IN_DEMO));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNameMustNotLeadIntoAnyNetworkOfTheTable(String address, boolean openInDemo) throws Exception {
        names.add("partner.example", Addresses.of(address));
        assertEquals(Optional.of(UrlProblem.ADDRESS), production.problem("https://partner.example/"));
        assertEquals(Optional.empty(), production.addresses("partner.example"));
        assertEquals(openInDemo, demo.problem("https://partner.example/").isEmpty());
        assertEquals(openInDemo, demo.addresses("partner.example").isPresent());
    }

    @Test
    void aNameThatLeadsToPublicAddressesIsConnectedToJustThese() throws Exception {
        InetAddress[] found = Addresses.of("8.8.8.8", "2606:4700::1111");
        names.add("partner.example", found);
        assertEquals(Optional.empty(), production.problem("https://partner.example/"));
        assertArrayEquals(
                found, production.addresses("partner.example").orElseThrow().toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8,         10.0.0.1",
        "10.0.0.1,        8.8.8.8",
        "8.8.8.8,         ::1",
        "2606:4700::1111, 169.254.169.254",
        "8.8.8.8,         ::ffff:8.8.8.8"
    })
    void oneBadAddressSpoilsThemAll(String first, String second) throws Exception {
        names.add("partner.example", Addresses.of(first, second));
        assertEquals(Optional.of(UrlProblem.ADDRESS), production.problem("https://partner.example/"));
        assertEquals(Optional.empty(), production.addresses("partner.example"));
    }

    @Test
    void theTextIsJudgedWithoutLookingTheHostUp() throws Exception {
        names.add("partner.example", Addresses.of("10.0.0.1"));
        assertEquals(Optional.empty(), production.written("https://partner.example/"));
    }

    @Test
    void aHostThatIsNotFoundMayBeRegisteredButNotConnectedTo() {
        assertEquals(Optional.empty(), production.problem("https://partner.example/"));
        assertThrows(UnknownHostException.class, () -> production.addresses("partner.example"));
    }

    // -------------------------------------------------------------------------------------------- the operator's
    // choice

    @ParameterizedTest
    @CsvSource({
        "partner.example,         ",
        "PARTNER.example,         ",
        "hooks.partner.example,   HOST",
        "partner.example.org,     HOST",
        "notpartner.example,      HOST",
        "clinic.example,          HOST",
        "a.clinic.example,        ",
        "a.b.Clinic.example,      ",
        "aclinic.example,         HOST",
        "8.8.8.8,                 ",
        "8.8.4.4,                 HOST",
        "[2606:4700::1111],       ",
        "[2606:4700::1112],       HOST",
        "other.example,           HOST"
    })
    void onlyListedHostsMayBeCalled(String host, UrlProblem problem) {
        UrlGuard guard = Guard.of(
                Map.of("callback.allowed-hosts", "Partner.example, *.clinic.EXAMPLE,8.8.8.8 , [2606:4700::1111]"));
        assertEquals(Optional.ofNullable(problem), guard.problem("https://" + host + "/hook"));
        assertEquals(Optional.ofNullable(problem), guard.written("https://" + host + ":443/hook"));
    }

    @Test
    void aListedHostMustNotLeadAnywhereElse() throws Exception {
        UrlGuard guard = Guard.of(Map.of("callback.allowed-hosts", "partner.example"), names);
        names.add("partner.example", Addresses.of("10.0.0.1"));
        assertEquals(Optional.of(UrlProblem.ADDRESS), guard.problem("https://partner.example/"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0,             true",
        "10.20.255.255,         true",
        "10.19.255.255,         false",
        "10.21.0.0,             false",
        "100.100.0.1,           true",
        "100.100.100.200,       false",
        "fd12:3456::1,          true",
        "fd12:3457::1,          false",
        "fd00:ec2::254,         false",
        "192.168.0.1,           false",
        "127.0.0.1,             false",
        "169.254.169.254,       false",
        "8.8.8.8,               true"
    })
    void anOpenedNetworkMayBeCalledButNotTheMetadataInIt(String address, boolean allowed) throws Exception {
        UrlGuard guard = Guard.of(
                Map.of("callback.allowed-networks", "10.20.0.0/16, 100.64.0.0/10, fd12:3456::/32, fd00:ec2::/32"),
                names);
        names.add("partner.example", Addresses.of(address));
        assertEquals(allowed, guard.problem("https://partner.example/").isEmpty());
        assertEquals(allowed, guard.addresses("partner.example").isPresent());
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertEquals(allowed, guard.written("https://" + host + "/").isEmpty());
        assertEquals(Optional.of(UrlProblem.SCHEME), guard.problem("http://" + host + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "65535"})
    void otherPortsCanBeAllowed(String port) {
        UrlGuard guard = Guard.of(Map.of("callback.allowed-ports", port));
        assertEquals(Optional.empty(), guard.problem("https://partner.example:" + port + "/"));
        assertEquals(Optional.of(UrlProblem.PORT), guard.problem("https://partner.example/"));
        assertEquals(Optional.of(UrlProblem.PORT), guard.problem("https://partner.example:8443/"));
    }

    @ParameterizedTest
    @CsvSource({
        "partner.example,         ",
        "clinic.example,          HOST",
        "10.0.0.1,                HOST",
        "10.0.0.2,                ADDRESS"
    })
    void behindAProxyNothingIsLookedUp(String host, UrlProblem problem) throws Exception {
        names.add("partner.example", Addresses.of("10.0.0.1"));
        UrlGuard guard = Guard.of(
                Map.of(
                        "callback.proxy", "http://proxy.example:3128",
                        "callback.allowed-hosts", "partner.example, 10.0.0.2"),
                names);
        assertEquals(Optional.ofNullable(problem), guard.problem("https://" + host + "/"));
    }

    @Test
    void behindAProxyAllHostsCanBeLeftToIt() {
        UrlGuard guard = Guard.of(Map.of("callback.proxy", "http://10.0.0.1:3128", "callback.allowed-hosts", "*"));
        assertEquals(Optional.empty(), guard.problem("https://partner.example/"));
        assertEquals(Optional.of(UrlProblem.ADDRESS), guard.problem("https://10.0.0.1/"));
    }

    private static final String OPENABLE =
            " is not within a network that can be opened: 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16, fc00::/7";
    private static final String HOST_FORM = " (write partner.example, *.partner.example or *)";

    static Stream<Arguments> startsThatFail() {
        return Stream.of(
                Arguments.of("callback.allowed-networks", "10.0.0.0/7", "10.0.0.0/7" + OPENABLE),
                Arguments.of("callback.allowed-networks", "127.0.0.0/8", "127.0.0.0/8" + OPENABLE),
                Arguments.of(
                        "callback.allowed-networks", "10.0.0.0/8,169.254.169.254/32", "169.254.169.254/32" + OPENABLE),
                Arguments.of("callback.allowed-networks", "168.63.129.16/32", "168.63.129.16/32" + OPENABLE),
                Arguments.of("callback.allowed-networks", "0.0.0.0/0", "0.0.0.0/0" + OPENABLE),
                Arguments.of("callback.allowed-networks", "::/0", "::/0" + OPENABLE),
                Arguments.of("callback.allowed-networks", "fe80::/10", "fe80::/10" + OPENABLE),
                Arguments.of("callback.allowed-networks", "8.8.8.0/24", "8.8.8.0/24" + OPENABLE),
                Arguments.of(
                        "callback.allowed-networks",
                        "10.20.30.40/16",
                        "not a network: 10.20.30.40/16 (write 10.20.0.0/16 or fd12:3456::/32)"),
                Arguments.of(
                        "callback.allowed-networks",
                        "hospital",
                        "not a network: hospital (write 10.20.0.0/16 or fd12:3456::/32)"),
                Arguments.of(
                        "callback.allowed-hosts",
                        "https://partner.example",
                        "not a host: https://partner.example" + HOST_FORM),
                Arguments.of("callback.allowed-hosts", "partner.*", "not a host: partner.*" + HOST_FORM),
                Arguments.of("callback.allowed-hosts", "*partner.example", "not a host: *partner.example" + HOST_FORM),
                Arguments.of(
                        "callback.allowed-hosts", "a.example b.example", "not a host: a.example b.example" + HOST_FORM),
                Arguments.of("callback.allowed-ports", "443, https", "not a port: https"),
                Arguments.of("callback.allowed-ports", "65536", "not a port: 65536"),
                Arguments.of("callback.allowed-ports", "0", "not a port: 0"),
                Arguments.of("callback.allowed-ports", "", "no port"));
    }

    @ParameterizedTest
    @MethodSource("startsThatFail")
    void aChoiceThatCannotBeMadeStopsTheStart(String property, String value, String sentence) {
        assertEquals(property + ": " + sentence, failure(Map.of(property, value)));
    }

    @Test
    void aProxyNeedsAListOfHosts() {
        assertEquals(
                "callback.proxy looks hosts up itself, where nothing is checked:"
                        + " callback.allowed-hosts must say which ones partners may have called (* for all)",
                failure(Map.of("callback.proxy", "http://proxy.example:3128")));
    }

    private static String failure(Map<String, String> settings) {
        Throwable failed = assertThrows(RuntimeException.class, () -> Guard.of(settings));
        while (failed.getCause() != null && !(failed instanceof IllegalArgumentException)) {
            failed = failed.getCause();
        }
        return failed.getMessage();
    }
}
