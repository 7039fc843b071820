package routes.support;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;

/** A sender of the tests' own: the type of each of its notifications is the destination that it is routed to. */
public final class TestSender {

    private static final String PATH = "/webhooks/test";

    private final Bundle bundle;
    private final String token;

    /** @param bundle one that was started with {@link #routes} */
    public TestSender(Bundle bundle) throws Exception {
        this.bundle = bundle;
        this.token = bundle.token("operator");
    }

    /** How it is received, and a router that knows these destinations. */
    public static RouteBuilder routes(String... destinations) {
        return new TestRoutes(routes -> {
            routes.templatedRoute("webhook")
                    .routeId("test-webhook")
                    .parameter("sender", "test")
                    .parameter("path", PATH)
                    .parameter("enabled", "true")
                    .parameter("auth", "operations-token");
            routes.templatedRoute("event")
                    .routeId("test-event")
                    .parameter("sender", "test")
                    .parameter("type", "${jsonpath(variable:event,$.to)}")
                    .parameter("status", "${jsonpath(variable:event,$.status)}")
                    .parameter("subject", "${jsonpath(variable:event,$.id)}")
                    .parameter("occurredAt", "${jsonpath(variable:event,$.at)}");
            ChoiceDefinition choice = routes.from("direct:test")
                    .routeId("test")
                    .errorHandler(routes.noErrorHandler())
                    .choice();
            for (String destination : destinations) {
                choice.when(routes.simple("${variable.type} == '" + destination + "'"))
                        .to("delivery:" + destination);
            }
        });
    }

    /** A route that performs deliveries to a destination, with the options of {@code from("delivery:...")}. */
    public static RouteBuilder performing(String destination, Processor processor) {
        return new TestRoutes(routes -> routes.from("delivery:" + destination)
                .errorHandler(routes.noErrorHandler())
                .process(processor));
    }

    /** Posts a notification about a subject of its own, which is what it answers. Throws unless it is acknowledged. */
    public String post(String destination) throws Exception {
        String subject = UUID.randomUUID().toString();
        post(destination, subject, null, null);
        return subject;
    }

    /** Posts a notification about that subject. Throws unless it is acknowledged. */
    public void post(String destination, String subject, String status, String occurredAt) throws Exception {
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("id", subject);
        notification.put("to", destination);
        notification.put("status", status);
        notification.put("at", occurredAt);
        HttpResponse<String> response = bundle.send(HttpRequest.newBuilder(bundle.uri(PATH))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Bundle.JSON.writeValueAsBytes(notification))));
        if (response.statusCode() != 202) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
    }

    /** The rows of {@code delivery} for a subject, by destination. */
    public static List<Map<String, Object>> deliveries(Bundle bundle, String subject) {
        return bundle.rows(
                "select d.* from delivery d join event e on e.event_id = d.event_id where e.subject = ? order by d.destination",
                subject);
    }

    /** The only delivery for a subject. */
    public static Map<String, Object> delivery(Bundle bundle, String subject) {
        List<Map<String, Object>> rows = deliveries(bundle, subject);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " deliveries");
        }
        return rows.get(0);
    }

    /** The attempts of the only delivery for a subject, the oldest first. */
    public static List<Map<String, Object>> attempts(Bundle bundle, String subject) {
        return bundle.rows(
                "select * from delivery_attempt where delivery_id = ? order by claim_number",
                delivery(bundle, subject).get("delivery_id"));
    }
}
