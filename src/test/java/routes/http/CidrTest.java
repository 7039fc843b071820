package routes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks: what is in them, and how they are written. */
class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.0.0.0,                 true",
        "10.0.0.0/8,      10.255.255.255,           true",
        "10.0.0.0/8,      9.255.255.255,            false",
        "10.0.0.0/8,      11.0.0.0,                 false",
        "10.20.30.40/32,  10.20.30.40,              true",
        "10.20.30.40/32,  10.20.30.41,              false",
        "0.0.0.0/0,       255.255.255.255,          true",
        "0.0.0.0/0,       ::,                       false",
        "::/0,            0.0.0.0,                  false",
        "::/0,            ffff::,                   true",
        "::a00:0/104,     10.0.0.1,                 false",
        "::ffff:0:0/96,   ::ffff:a00:1,             true",
        "::ffff:0:0/96,   10.0.0.1,                 false",
        "fd12:3456::/33,  fd12:3456:7fff::,         true",
        "fd12:3456::/33,  fd12:3456:8000::,         false"
    })
    void containsItsAddressesAndNoOthers(String network, String address, boolean contained) {
        assertEquals(contained, Cidr.of(network).contains(IpText.read(address).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,     10.0.0.0/8,     true",
        "10.0.0.0/8,     10.0.0.0/9,     true",
        "10.0.0.0/8,     10.0.0.0/7,     false",
        "10.0.0.0/8,     11.0.0.0/9,     false",
        "10.0.0.0/8,     0.0.0.0/0,      false",
        "fc00::/7,       fd00::/8,       true",
        "fc00::/7,       10.0.0.0/8,     false"
    })
    void containsANetworkThatIsWhollyInIt(String network, String other, boolean contained) {
        assertEquals(contained, Cidr.of(network).contains(Cidr.of(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1/8",
                "10/8",
                "010.0.0.0/8",
                "10.0.0.0.0/8",
                "10.0.0.256/32",
                "fd00::/129",
                "fd00::1/64",
                "fd00::%eth0/64",
                "[fd00::]/64",
                "::ffff:10.0.0.0/104",
                "partner.example/24",
                "10.0.0.0/8 "
            })
    void anythingElseIsNone(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Cidr.of(text))
                .getMessage();
        assertEquals("not a network: " + text + " (write 10.20.0.0/16 or fd12:3456::/32)", message);
    }
}
