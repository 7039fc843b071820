package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;
import static routes.support.TestRegistry.assertError;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.registry.Callbacks;
import routes.support.Bundle;

/** Who may use the registry, and which events a partner may see, on both databases. */
class RegistryAccessIT extends RegistryCases {

    @ParameterizedTest
    @CsvSource({
        "PUT,    /partners/OWN,                   none,    401, 010001",
        "GET,    /partners/OWN,                   garbage, 401, 010001",
        "DELETE, /partners/OWN,                   partner, 403, 010002",
        "PUT,    /partners/nobody-knows,          partner, 403, 010002",
        "PUT,    /partners/OWN/callbacks/1,       none,    401, 010001",
        "PUT,    /partners/OWN/callbacks/1,       admin,   403, 010002",
        "PUT,    /partners/OWN/callbacks/1,       nobody,  403, 010002",
        "PUT,    /partners/other/callbacks/1,     partner, 403, 010002",
        "PUT,    /partners/other/callbacks/x,     partner, 403, 010002",
        "DELETE, /partners/other/callbacks/1,     partner, 403, 010002",
        "GET,    /partners/other/callbacks,       partner, 403, 010002",
        "GET,    /partners/OWN/callbacks?limit=0, nobody,  403, 010002",
        "POST,   /partners/other/callbacks/1/echo, partner, 403, 010002",
        "POST,   /partners/OWN/callbacks/1/echo,  operator, 403, 010002"
    })
    void whoMayNotIsToldSoAndNothingElse(String method, String path, String client, int status, String code)
            throws Exception {
        String token =
                switch (client) {
                    case "none" -> null;
                    case "garbage" -> "e30.e30.e30";
                    default -> registry.bundle().token(client);
                };
        HttpResponse<String> response = registry.call(token, method, path.replace("OWN", OWN), "{}");
        assertError(status, code, response);
        assertTrue(
                response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), "has a challenge");
    }

    @ParameterizedTest
    @CsvSource({
        "coverage-discovery, lakeside,  true",
        "coverage-discovery, riverside, false",
        "coverage-discovery, *,         false",
        "coverage-discovery, ,          false",
        "develop-health,     lakeside,  true",
        "develop-health,     ,          true",
        "accessrc,           lakeside,  false",
        "partner-api,        " + OWN + ", true",
        "partner-api,        lakeside,  false"
    })
    void aGrantIsForASenderAndATenant(String sender, String tenant, boolean granted) throws Exception {
        registry.putPartner(
                OWN,
                "{'grants':[{'sender':'coverage-discovery','tenant':'lakeside'},{'sender':'develop-health','tenant':'*'}]}");
        String secret = Bundle.json(registry.putCallback(1, "{'callbackUrl':'" + URL + "'}"))
                .get("secret")
                .asText();
        assertEquals(granted, registry.find(sender, tenant).granted());
        assertEquals(List.of(secret), registry.find(sender, tenant).secrets());
        assertTrue(registry.bundle()
                .bean("callbacks", Callbacks.class)
                .find(OWN, 2, sender, tenant)
                .isEmpty());
    }
}
