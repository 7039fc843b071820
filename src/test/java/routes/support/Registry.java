package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Partners and their callbacks, registered through the API as they would be: by an administrator, and by the partners' clients. */
public final class Registry {

    private static final String ADMIN = "administrator";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final URI address;

    /** @param address of a bundle that has the settings of {@link #clients} */
    public Registry(URI address) {
        this.address = address;
    }

    /** Settings: the administrator's client, one for each of these partners, and callbacks to this machine. */
    public static Map<String, String> clients(List<String> partners) {
        Map<String, String> settings = new HashMap<>();
        settings.put("demo.enabled", "true"); // nothing else allows http
        client(settings, ADMIN, "admin", "");
        partners.forEach(partner -> client(settings, partner, "callbacks", partner));
        return settings;
    }

    private static void client(Map<String, String> settings, String id, String scope, String partner) {
        settings.put("oauth2.client." + id + ".secret", Bundle.SECRET_HASH);
        settings.put("oauth2.client." + id + ".scopes", scope);
        settings.put("oauth2.client." + id + ".partner", partner);
    }

    /** Lets a partner see the Coverage Discovery events of these tenants, and of no others. */
    public void grant(String partner, String... tenants) throws Exception {
        grantOf("coverage-discovery", partner, tenants);
    }

    /** Lets a partner see the events of this sender and these tenants, and of no others. */
    public void grantOf(String sender, String partner, String... tenants) throws Exception {
        ArrayNode grants = Bundle.JSON.createArrayNode();
        for (String tenant : tenants) {
            grants.addObject().put("sender", sender).put("tenant", tenant);
        }
        call(ADMIN, "PUT", "/partners/" + partner, partner(grants));
    }

    /** Lets a partner see all events of these senders, and no others. */
    public void grantAll(String partner, List<String> senders) throws Exception {
        ArrayNode grants = Bundle.JSON.createArrayNode();
        senders.forEach(sender -> grants.addObject().put("sender", sender).put("tenant", "*"));
        call(ADMIN, "PUT", "/partners/" + partner, partner(grants));
    }

    private static JsonNode partner(ArrayNode grants) {
        return Bundle.JSON.createObjectNode().put("payloads", true).set("grants", grants);
    }

    /** Registers a callback, or changes it; answers the secret of a new one. */
    public String register(String partner, int type, String url) throws Exception {
        ObjectNode body = Bundle.JSON.createObjectNode().put("callbackUrl", url);
        return Bundle.JSON
                .readTree(call(partner, "PUT", path(partner, type), body))
                .path("secret")
                .asText();
    }

    /** Registers a callback with all its settings, or changes it; answers what the API answers. */
    public JsonNode put(String partner, int type, JsonNode body) throws Exception {
        return Bundle.JSON.readTree(call(partner, "PUT", path(partner, type), body));
    }

    /** The callback as the list shows it. */
    public JsonNode callback(String partner, int type) throws Exception {
        JsonNode list = Bundle.JSON.readTree(call(partner, "GET", "/partners/" + partner + "/callbacks", null));
        for (JsonNode callback : list) {
            if (callback.get("notificationType").asInt() == type) {
                return callback;
            }
        }
        throw new AssertionError("no callback " + partner + "/" + type);
    }

    /** Rotates the secret of a callback, pauses or resumes it. */
    public JsonNode post(String partner, int type, String action) throws Exception {
        return Bundle.JSON.readTree(call(partner, "POST", path(partner, type) + "/" + action, null));
    }

    /** Has a notification echoed; answers what came of it. */
    public JsonNode echo(String partner, int type, JsonNode notification) throws Exception {
        return Bundle.JSON.readTree(call(partner, "POST", path(partner, type) + "/echo", notification));
    }

    public void disable(String partner, int type, String url) throws Exception {
        ObjectNode body = Bundle.JSON.createObjectNode().put("callbackUrl", url).put("enabled", false);
        call(partner, "PUT", path(partner, type), body);
    }

    public void delete(String partner, int type) throws Exception {
        call(partner, "DELETE", path(partner, type), null);
    }

    private static String path(String partner, int type) {
        return "/partners/" + partner + "/callbacks/" + type;
    }

    private String call(String client, String method, String path, JsonNode body) throws Exception {
        if (!tokens.containsKey(client)) {
            tokens.put(client, token(client));
        }
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + tokens.get(client))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString())));
    }

    private String token(String client) throws Exception {
        String form = "grant_type=client_credentials&client_id=" + client + "&client_secret=" + Bundle.SECRET;
        String answer = send(HttpRequest.newBuilder(address.resolve("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        return Bundle.JSON.readTree(answer).get("access_token").asText();
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
