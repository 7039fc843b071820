package routes.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs may be registered. */
class CallbackUrlsTest {

    private static final String LONGEST = "https://partner.example/" + "a".repeat(1976);

    private final CallbackUrls production = new CallbackUrls(false);
    private final CallbackUrls demo = new CallbackUrls(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://partner.example",
                "https://partner.example/",
                "HTTPS://Partner.Example/hook",
                "https://partner.example:8443/a/b?c=d&e=%C3%A9",
                "https://192.0.2.1/hook",
                "https://[2001:db8::1]:443/hook",
                "https://xn--bcher-kva.example/hook"
            })
    void httpsUrlsMayAlwaysBeRegistered(String url) {
        assertDoesNotThrow(() -> production.check(url));
        assertDoesNotThrow(() -> demo.check(url));
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
        assertDoesNotThrow(() -> demo.check(url));
        assertEquals(RegistryError.URL_SCHEME.code(), refusal(production, url).error());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://partner.example/hook",
                "http://127.0.0.1.partner.example/hook",
                "http://2130706433/hook",
                "http://0.0.0.0/hook",
                "http://10.0.0.1/hook",
                "http://[::2]/hook",
                "http://localhost.partner.example/hook",
                "ftp://127.0.0.1/hook",
                "file://localhost/etc/passwd",
                "javascript://localhost/%0aalert(1)"
            })
    void nothingElseGoesWithoutTls(String url) {
        assertEquals(RegistryError.URL_SCHEME.code(), refusal(demo, url).error());
        assertEquals(RegistryError.URL_SCHEME.code(), refusal(production, url).error());
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
                "https://partner.example/hook#",
                "https://partner.example/hook#part",
                "https://partner.example:0/hook",
                "https://partner.example:65536/hook",
                "https://partner.example:port/hook",
                "https://partner.example\\@other.example/hook",
                "https://partner.example/a b",
                "' https://partner.example/'",
                "https://bücher.example/hook",
                "https://partner.example/%zz",
                "https://part_ner.example/hook",
                "http://127.0.0.256/hook",
                "http://127.1/hook"
            })
    void whatIsNoPlainAbsoluteUrlIsRefused(String url) {
        assertEquals(RegistryError.URL_FORM.code(), refusal(demo, url).error());
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '\t', '\0', '\u007f', '\u2028'})
    void aUrlIsOneLine(char hidden) {
        String url = "https://partner.example/hook" + hidden + "X-Header: 1";
        assertEquals(RegistryError.URL_FORM.code(), refusal(demo, url).error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "aa"})
    void aUrlHas2000CharactersAtTheMost(String more) {
        assertDoesNotThrow(() -> production.check(LONGEST));
        assertEquals(
                RegistryError.URL_FORM.code(),
                refusal(production, LONGEST + more).error());
    }

    private static RegistryRefused refusal(CallbackUrls urls, String url) {
        return assertThrows(RegistryRefused.class, () -> urls.check(url), url);
    }
}
