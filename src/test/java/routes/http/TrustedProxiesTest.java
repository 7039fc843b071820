package routes.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose address counts: the networks of the proxies are 10.0.0.0/8 and fd00::/8. */
class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

    private static byte[] bytes(String address) {
        return IpText.read(address).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 198.51.100.1                       | 192.0.2.1",
                "10.0.0.1  |                                    | 10.0.0.1",
                "10.0.0.1  | 198.51.100.1                       | 198.51.100.1",
                "10.0.0.1  | 203.0.113.1, 198.51.100.1          | 198.51.100.1",
                "10.0.0.1  | 203.0.113.1, 198.51.100.1, 10.0.0.2 | 198.51.100.1",
                "10.0.0.1  | 203.0.113.1 ; 198.51.100.1         | 198.51.100.1",
                "10.0.0.1  | 198.51.100.1 ; 10.0.0.2            | 198.51.100.1",
                "10.0.0.1  | 10.0.0.3, 10.0.0.2                 | 10.0.0.3",
                "10.0.0.1  | 198.51.100.1, unknown              | 10.0.0.1",
                "10.0.0.1  | 198.51.100.1, unknown, 10.0.0.2    | 10.0.0.2",
                "10.0.0.1  | 198.51.100.1:80                    | 198.51.100.1",
                "10.0.0.1  | ::ffff:198.51.100.1                | 198.51.100.1",
                "10.0.0.1  | 0300.1.1.1                         | 10.0.0.1",
                "fd00::1   | 2001:db8::1                        | 2001:db8::1",
                "fd00::1   | [2001:db8::1]:443                  | 2001:db8::1",
                "fd00::1   | [                                  | fd00::1",
                "fd00::1   | ]                                  | fd00::1",
                "fd00::1   | ,                                  | fd00::1"
            })
    void theClientIsTheLastThatIsNoProxy(String peer, String values, String client) {
        List<String> headers = values == null ? List.of() : List.of(values.split(" ; "));
        assertArrayEquals(bytes(client), PROXIES.client(bytes(peer), headers));
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of("10.0.0.1/8")));
    }
}
