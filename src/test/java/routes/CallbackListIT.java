package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;
import static routes.support.TestRegistry.assertError;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of a partner's callbacks over HTTP, on both databases. */
class CallbackListIT extends RegistryCases {

    @ParameterizedTest
    @CsvSource({
        "'',                1 2 3 7",
        "limit=2,           1 2",
        "offset=1,          2 3 7",
        "offset=1&limit=2,  2 3",
        "limit=100,         1 2 3 7",
        "offset=4,          ''",
        "offset=999999999,  ''"
    })
    void theListIsPagedAndSaysHowManyThereAre(String query, String types) throws Exception {
        for (int type : List.of(7, 2, 3, 1)) {
            assertEquals(
                    200,
                    registry.putCallback(type, "{'callbackUrl':'" + URL + "'}").statusCode());
        }
        List<String> found = new ArrayList<>();
        registry.list("?" + query).forEach(callback -> {
            found.add(callback.get("notificationType").asText());
            assertFalse(callback.has("secret"));
            assertEquals(URL, callback.get("callbackUrl").asText());
        });
        assertEquals(types, String.join(" ", found));
        HttpResponse<String> response =
                registry.call(registry.partner(), "GET", "/partners/" + OWN + "/callbacks?" + query, null);
        assertEquals("4", response.headers().firstValue("X-Total-Count").orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "offset=-1,         020801",
        "offset=x,          020801",
        "offset=,           020801",
        "offset=1234567890, 020801",
        "limit=0,           020901",
        "limit=101,         020901",
        "limit=1.5,         020901",
        "limit=1&limit=2,   020001",
        "page=1,            020001"
    })
    void aPageThatIsNoneIsRefused(String query, String code) throws Exception {
        assertError(
                400, code, registry.call(registry.partner(), "GET", "/partners/" + OWN + "/callbacks?" + query, null));
    }
}
