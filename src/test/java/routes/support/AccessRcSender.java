package routes.support;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** AccessRC as the vendor describes it: a URL for each event type, signed bodies, and four answers. */
public final class AccessRcSender {

    public static final String SECRET = "s3";
    public static final String BAD_REQUEST =
            "{\"status\":\"failed\",\"error\":{\"code\":400,\"message\":\"Validation failed. Please check your input.\",\"type\":\"BadRequest\"}}";
    public static final String UNAUTHORIZED =
            "{\"status\":\"failed\",\"error\":{\"code\":401,\"message\":\"Verification failed\",\"type\":\"Unauthorized\"}}";
    public static final String EXCEPTION =
            "{\"status\":\"failed\",\"error\":{\"code\":500,\"message\":\"Internal Server Error\",\"type\":\"Exception\"}}";

    private static final String PATH = "/webhooks/accessrc/";

    private AccessRcSender() {}

    /** Settings of a bundle that it posts to: with Kafka, though without a broker, and with clients for the partner p1. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.put("kafka.brokers", "localhost:1");
        settings.put("sender.accessrc.auth", "hmac");
        settings.put("sender.accessrc.secrets", "the old secret, " + SECRET);
        settings.put("sender.accessrc.tenant", "lakeside");
        settings.put("sender.accessrc.form-file", "samples/accessrc/form/application-form.json");
        return settings;
    }

    /** The type of a fixture. */
    public static String type(Path file) {
        return file.getFileName().toString().split("\\.")[0];
    }

    /** A request that is not signed. */
    public static HttpRequest.Builder unsigned(Bundle bundle, String event, byte[] body) {
        return HttpRequest.newBuilder(bundle.uri(PATH + event))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    public static HttpRequest.Builder signed(Bundle bundle, String event, byte[] body) {
        return unsigned(bundle, event, body).header("x-signature", "sha256=" + Hmacs.hex(SECRET, body));
    }

    public static HttpResponse<String> post(Bundle bundle, String event, byte[] body) throws Exception {
        return bundle.send(signed(bundle, event, body));
    }

    /** Posts to a path that no client would, and returns all of the answer. */
    public static String postRaw(Bundle bundle, String event, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", bundle.port())) {
            String head = "POST " + PATH + event
                    + " HTTP/1.0\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "x-signature: sha256=" + Hmacs.hex(SECRET, body) + "\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
