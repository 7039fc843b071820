package routes.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A bundle that receives from Optum Connections: with Kafka, though without a broker, and with a partner that may see all of it. */
public record OptumConnectionsBundle(Bundle bundle) implements AutoCloseable {

    public static final String SECRET = "s3";
    public static final String OLD_SECRET = "the old secret";
    public static final String SIGNATURE = "X-Optum-Webhook-Callback-Hmac-Signature";
    public static final String PATH = "/webhooks/optum-connections";

    /** @param more settings, beside those that a sender needs */
    public static OptumConnectionsBundle start(TestDatabase database, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.put("kafka.brokers", "localhost:1");
        settings.put("sender.optum-connections.secrets", OLD_SECRET + ", " + SECRET);
        settings.put("sender.optum-connections.tenant", "lakeside");
        settings.putAll(more);
        Bundle bundle = Bundle.start(database.create(), settings);
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantOf("optum-connections", "p1", "lakeside");
        for (int type = 1; type <= 3; type++) {
            registry.register("p1", type, "http://127.0.0.1:1/");
        }
        return new OptumConnectionsBundle(bundle);
    }

    /** A request that lacks only its signature. */
    public HttpRequest.Builder unsigned(byte[] body) {
        return HttpRequest.newBuilder(bundle.uri(PATH))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    public HttpResponse<String> post(byte[] body) throws Exception {
        return bundle.send(unsigned(body).header(SIGNATURE, Hmacs.hex(SECRET, body)));
    }

    /** The event with that payload. */
    public Map<String, Object> event(byte[] body) {
        List<Map<String, Object>> events =
                bundle.rows("select * from event where body_hash = ?", (Object) Bundle.hash(body));
        assertEquals(1, events.size());
        assertArrayEquals(body, bundle.payload(events.get(0)));
        return events.get(0);
    }

    /** The rows of the table about a subject. */
    public List<Map<String, Object>> rows(String table, Object subject) {
        String key =
                switch (table) {
                    case "payment" -> "payment_id";
                    case "payment_batch" -> "batch_id";
                    case "document" -> "document_id";
                    default -> "subject";
                };
        return bundle.rows("select * from " + table + " where " + key + " = ?", subject);
    }

    /** A valid fixture as another event, about another subject. */
    public static ObjectNode another(String fixture) throws Exception {
        ObjectNode json = (ObjectNode) Bundle.JSON.readTree(Fixtures.bytes("optum-connections/valid/" + fixture));
        return json.put("id", UUID.randomUUID().toString())
                .put("causationId", UUID.randomUUID().toString());
    }

    public static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        bundle.close();
    }
}
