package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.config.Settings;
import routes.support.Guard;

/** How the operator's proxy is written. */
class PartnerProxyTest {

    @Test
    void thereNeedNotBeOne() {
        assertFalse(of("").isSet());
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.internal:3128,  http://proxy.internal:3128",
        "http://10.20.30.40:8080/,    http://10.20.30.40:8080"
    })
    void aHostAndAPort(String text, String host) {
        assertEquals(host, of(text).host().toURI());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.internal:3128",
                "http://proxy.internal",
                "https://proxy.internal:3128",
                "socks://proxy.internal:1080",
                "http://user:secret@proxy.internal:3128",
                "http://proxy.internal:0",
                "http://proxy.internal:65536",
                "http://proxy.internal:3128/path"
            })
    void anythingElseStopsTheStart(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> of(text)).getMessage();
        assertEquals("callback.proxy must be http://host:port", message);
    }

    private static PartnerProxy of(String text) {
        return PartnerProxy.of(new Settings(Guard.context(Map.of("callback.proxy", text))));
    }
}
