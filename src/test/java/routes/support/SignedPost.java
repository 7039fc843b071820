package routes.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Posts a notification as its sender does, whoever that is. */
public final class SignedPost {

    /** All that have fixtures. */
    public static final List<String> SENDERS = List.of("coverage-discovery", "develop-health");

    private static final String SECRET = "s3";

    private SignedPost() {}

    /** What switches all senders on. */
    public static Map<String, String> settings() {
        return Map.of("sender.coverage-discovery.enabled", "true", "sender.develop-health.secrets", SECRET);
    }

    /** Where the sender posts what is in that file. */
    public static String path(String sender, Path file) {
        return "/webhooks/" + sender;
    }

    /** What the sender's headers tell, authentication aside. */
    public static ObjectNode headers(String sender) {
        ObjectNode headers = Bundle.JSON.createObjectNode().put("Content-Type", "application/json");
        if (sender.equals("coverage-discovery")) {
            headers.put("X-Optum-Tenant-Id", Bundle.TENANT)
                    .put("x-optum-subtenant-id", "sub")
                    .put("x-optum-correlation-id", "visit-1,");
        }
        return headers;
    }

    public static HttpResponse<String> send(Bundle bundle, String sender, Path file, byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(bundle.uri(path(sender, file))).POST(BodyPublishers.ofByteArray(body));
        headers(sender)
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().textValue()));
        switch (sender) {
            case "coverage-discovery" -> request.header("Authorization", "Bearer " + bundle.token("optum"));
            case "develop-health" -> request.header("X-Webhook-Secret", Jwts.of(SECRET));
            default -> throw new IllegalArgumentException(sender);
        }
        return bundle.send(request);
    }
}
