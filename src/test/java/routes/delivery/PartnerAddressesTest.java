package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;

/** A partner's host name must not take longer than its answer may. */
class PartnerAddressesTest {

    private final InMemoryDnsResolver names = new InMemoryDnsResolver();
    private final AtomicBoolean late = new AtomicBoolean();
    private final PartnerAddresses addresses = new PartnerAddresses(names, late::get);

    PartnerAddressesTest() throws UnknownHostException {
        InetAddress[] many = new InetAddress[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i});
        }
        names.add("many.example", many);
        names.add("one.example", many[0]);
    }

    @Test
    void ofManyAddressesOnlyAFewAreTried() throws Exception {
        assertEquals(3, addresses.resolve("many.example").length);
        assertEquals(1, addresses.resolve("one.example").length);
    }

    @Test
    void whatWasFoundTooLateIsNotConnectedTo() {
        late.set(true);
        assertThrows(UnknownHostException.class, () -> addresses.resolve("one.example"));
    }
}
