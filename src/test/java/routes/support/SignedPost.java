package routes.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Posts a fixture as its sender does, whoever that is. */
public final class SignedPost {

    private static final String COVERAGE_DISCOVERY = "coverage-discovery";
    private static final String ACCESSRC = "accessrc";
    /** What these senders sign with. */
    public static final String SECRET = "s3";

    private SignedPost() {}

    /** What switches all senders on. */
    public static Map<String, String> settings() {
        return Map.of(
                "sender.coverage-discovery.enabled",
                "true",
                "sender.develop-health.secrets",
                SECRET,
                "sender.optum-connections.secrets",
                SECRET,
                "sender.accessrc.auth",
                "hmac",
                "sender.accessrc.secrets",
                SECRET,
                "sender.accessrc.form-file",
                "samples/accessrc/form/application-form.json");
    }

    /** The fixtures of all senders, valid and invalid. */
    public static List<Path> fixtures() {
        return Fixtures.in("")
                .map(folder -> folder.getFileName().toString())
                .flatMap(sender -> Stream.of("/valid", "/invalid").flatMap(kind -> Fixtures.in(sender + kind)))
                .toList();
    }

    /** Whose it is: the folder above the one of what is valid, or invalid. */
    public static String sender(Path fixture) {
        return fixture.getParent().getParent().getFileName().toString();
    }

    /** Where it is posted to; of AccessRC, to the event that its name begins with. */
    public static String path(Path fixture) {
        String sender = sender(fixture);
        String event = fixture.getFileName().toString().split("\\.", 2)[0];
        return "/webhooks/" + sender + (sender.equals(ACCESSRC) ? "/" + event : "");
    }

    /** What the sender's headers tell, authentication aside. */
    public static ObjectNode headers(Path fixture) {
        ObjectNode headers = Bundle.JSON.createObjectNode().put("Content-Type", "application/json");
        if (sender(fixture).equals(COVERAGE_DISCOVERY)) {
            headers.put("X-Optum-Tenant-Id", Bundle.TENANT)
                    .put("x-optum-subtenant-id", "sub")
                    .put("x-optum-correlation-id", "visit-1,");
        }
        return headers;
    }

    public static HttpResponse<String> send(Bundle bundle, Path fixture, byte[] body) throws Exception {
        return bundle.send(request(bundle.uri(path(fixture)), () -> bundle.token("optum"), fixture, body));
    }

    public static HttpResponse<String> send(BundleProcess bundle, Path fixture, byte[] body) throws Exception {
        return bundle.send(request(bundle.uri(path(fixture)), () -> bundle.token("optum"), fixture, body));
    }

    private static HttpRequest.Builder request(URI uri, Callable<String> token, Path fixture, byte[] body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
        headers(fixture)
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().textValue()));
        return switch (sender(fixture)) {
            case COVERAGE_DISCOVERY -> request.header("Authorization", "Bearer " + token.call());
            case "develop-health" -> request.header("X-Webhook-Secret", Jwts.of(SECRET));
            case "optum-connections" ->
                request.header("X-Optum-Webhook-Callback-Hmac-Signature", Hmacs.hex(SECRET, body));
            case ACCESSRC -> request.header("x-signature", "sha256=" + Hmacs.hex(SECRET, body));
            default -> throw new IllegalArgumentException("how does this sender sign? " + fixture);
        };
    }
}
