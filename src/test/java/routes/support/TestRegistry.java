package routes.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import routes.registry.Callbacks;
import routes.registry.Callbacks.Callback;

/**
 * A bundle with one partner, {@link #OWN}, and what tests of the registry's API ask of it. In the bodies that it puts, a quote
 * is written as '.
 *
 * @param admin a token of the operators' client
 * @param partner a token of the partner's client
 */
public record TestRegistry(Bundle bundle, String admin, String partner) implements AutoCloseable {

    public static final String OWN = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c11";
    public static final String URL = "https://partner.example/hook";

    /** With the clients admin, partner, and nobody, who is no partner's; and with one more notification type, 7. */
    public static TestRegistry start(TestDatabase database) throws Exception {
        Bundle bundle = Bundle.start(
                database.create(),
                Map.of(
                        "oauth2.client.admin.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.admin.scopes",
                        "admin",
                        "oauth2.client.partner.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.partner.scopes",
                        "callbacks",
                        "oauth2.client.partner.partner",
                        OWN.toUpperCase(Locale.ROOT),
                        "oauth2.client.nobody.secret",
                        Bundle.SECRET_HASH,
                        "oauth2.client.nobody.scopes",
                        "callbacks",
                        "notification-type.7",
                        "Payment"));
        return new TestRegistry(bundle, bundle.token("admin"), bundle.token("partner"));
    }

    @Override
    public void close() {
        bundle.close();
    }

    /** Leaves the partner without callbacks, and nothing in the audit but that. */
    public void reset() throws Exception {
        call(admin, "DELETE", "/partners/" + OWN, null);
        bundle.execute("delete from audit");
        assertEquals(
                200,
                putPartner(OWN, "{'name':'Lakeside Brokers','payloads':true}").statusCode());
    }

    public HttpResponse<String> putPartner(String id, String body) throws Exception {
        return call(admin, "PUT", "/partners/" + id, json(body));
    }

    public HttpResponse<String> putCallback(int type, String body) throws Exception {
        return callback("PUT", Integer.toString(type), json(body));
    }

    /** Of the partner, with its token. */
    public HttpResponse<String> callback(String method, String type, String body) throws Exception {
        return call(partner, method, "/partners/" + OWN + "/callbacks/" + type, body);
    }

    /** The partner's callbacks. */
    public JsonNode list(String query) throws Exception {
        return bundle.get(partner, "/partners/" + OWN + "/callbacks" + query);
    }

    public HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(token, path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return bundle.send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    public HttpRequest.Builder request(String token, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** What the sending side finds for the partner's callback of type 1. */
    public Callback find(String sender, String tenant) {
        return bundle.bean("callbacks", Callbacks.class)
                .find(OWN, 1, sender, tenant)
                .orElseThrow();
    }

    /** Who did what to it, and what changed. */
    public List<String> audit(String target) {
        return bundle
                .rows("select actor, action, detail from audit where target = ? order by audit_id", target)
                .stream()
                .map(row -> row.get("actor") + " " + row.get("action") + ": " + row.get("detail"))
                .toList();
    }

    public static void assertError(int status, String code, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        JsonNode errors = Bundle.json(response);
        assertEquals(1, errors.size());
        assertEquals(code, errors.get(0).get("code").asText(), response.body());
        assertFalse(errors.get(0).get("message").asText().isBlank());
    }

    public static String json(String text) {
        return text.replace('\'', '"');
    }
}
