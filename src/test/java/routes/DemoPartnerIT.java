package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.TestDatabase;

/** The partner of the demo settings, with which whoever tries them out may do anything. */
class DemoPartnerIT {

    private static final String PARTNER = "00000000-0000-4000-8000-00000000000A";
    private static final String CALLBACK = "/partners/" + PARTNER + "/callbacks/1";
    private static final Map<String, String> SETTINGS = Map.of(
            "demo.enabled",
            "true",
            "demo.partner",
            PARTNER,
            "oauth2.client.own.secret",
            Bundle.SECRET_HASH,
            "oauth2.client.own.scopes",
            "callbacks",
            "oauth2.client.own.partner",
            PARTNER);

    @Test
    void itsCallbackMayBeRemovedAndPutAgain() throws Exception {
        try (Bundle bundle = Bundle.start(TestDatabase.H2.create(), SETTINGS)) {
            assertEquals("delivered", echo(bundle));
            assertEquals(204, call(bundle, "DELETE", CALLBACK, "").statusCode());
            assertEquals(401, call(bundle, "POST", "/demo/partner", "{}").statusCode());
            String callback = "{\"callbackUrl\": \"" + bundle.uri("/demo/partner") + "\"}";
            assertEquals(200, call(bundle, "PUT", CALLBACK, callback).statusCode());
            assertEquals("delivered", echo(bundle));
            assertEquals(
                    2, Bundle.json(call(bundle, "GET", "/demo/partner", "")).size());
        }
    }

    private static String echo(Bundle bundle) throws Exception {
        String body = "{\"processUniqueId\": \"p\", \"rawBody\": {\"stateDescription\": \"Submitted\"}}";
        HttpResponse<String> response = call(bundle, "POST", CALLBACK + "/echo", body);
        assertEquals(200, response.statusCode(), response.body());
        return Bundle.json(response).get("outcome").asText();
    }

    private static HttpResponse<String> call(Bundle bundle, String method, String path, String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri(path))
                .header("Authorization", "Bearer " + bundle.token("own"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
