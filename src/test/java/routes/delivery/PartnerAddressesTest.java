package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import routes.support.Addresses;
import routes.support.Guard;

/** A partner's host name must not take longer than its answer may, and not lead where nothing may be sent. */
class PartnerAddressesTest {

    private final InMemoryDnsResolver names = new InMemoryDnsResolver();
    private final AtomicBoolean late = new AtomicBoolean();
    private final PartnerAddresses addresses = new PartnerAddresses(Guard.of(Map.of(), names), late::get);

    @Test
    void ofManyAddressesOnlyAFewAreTried() throws Exception {
        names.add("many.example", Addresses.of("8.0.0.1", "8.0.0.2", "8.0.0.3", "8.0.0.4", "8.0.0.5"));
        names.add("one.example", Addresses.of("8.0.0.1"));
        assertArrayEquals(Addresses.of("8.0.0.1", "8.0.0.2", "8.0.0.3"), addresses.resolve("many.example"));
        assertArrayEquals(Addresses.of("8.0.0.1"), addresses.resolve("one.example"));
    }

    @Test
    void whatWasFoundTooLateIsNotConnectedTo() {
        names.add("one.example", Addresses.of("8.0.0.1"));
        late.set(true);
        assertThrows(UnknownHostException.class, () -> addresses.resolve("one.example"));
    }

    @Test
    void oneAddressThatMayNotBeCalledIsEnoughForNone() {
        names.add("many.example", Addresses.of("8.0.0.1", "8.0.0.2", "8.0.0.3", "8.0.0.4", "10.0.0.1"));
        Failed failed = assertThrows(Failed.class, () -> addresses.resolve("many.example"));
        assertEquals("the address of the partner may not be called", failed.getMessage());
    }
}
