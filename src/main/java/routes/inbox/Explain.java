package routes.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.config.ContextService;
import routes.http.BodyType;
import routes.http.JsonFields;
import routes.http.Refused;

/**
 * What would happen to a notification, authentication aside: it goes through the sender's own route, today's schema and router, and
 * instead of a commit there is a report. Nothing is stored, and nothing of it is logged.
 */
@BindToRegistry("explain")
public class Explain extends ContextService {

    private static final Set<String> FIELDS = Set.of("sender", "headers", "path", "body");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private Reads reads;
    private EventTable table;
    private Schemas schemas;
    private Senders senders;
    private Extracted extracted;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        table = bean("event-table", EventTable.class);
        schemas = bean("schemas", Schemas.class);
        senders = new Senders(getCamelContext());
        extracted = Extracted.of(settings());
    }

    /**
     * Makes the notification that the request describes out of the request: its body and its headers, and the variables that a
     * webhook sets before its sender's route. That route is the value of the variable {@code explain}.
     *
     * @throws Refused 400 when the request is not as it must be, or the sender is not known
     */
    public void open(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, FIELDS);
        String sender = fields.text("sender").orElse("");
        Map<String, String> known = senders.known();
        if (!known.containsKey(sender)) {
            throw Refused.badRequest("sender must be one of " + String.join(", ", known.keySet()));
        }
        Map<String, String> headers = headers(fields);
        String path = fields.text("path").orElse("/webhooks/" + sender);
        byte[] body = body(fields.any("body").orElseThrow(() -> Refused.badRequest("body is missing")));
        BodyType type = BodyType.of(
                Optional.ofNullable(headers.get("Content-Type")), Optional.ofNullable(headers.get("Content-Encoding")));
        if (type.isForm()) {
            throw Refused.badRequest("a form is answered 415 and not kept: there is nothing to explain");
        }
        exchange.getMessage().removeHeaders("*");
        headers.forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setBody(body);
        exchange.setVariable("path", path);
        exchange.setVariable("correlationId", senders.correlationId(sender, exchange));
        exchange.setVariable("explain", known.get(sender));
        type.noteIn(exchange);
    }

    /** In any case, as HTTP has it; none that Camel itself listens to. */
    private static Map<String, String> headers(JsonFields fields) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.texts("headers").forEach((name, value) -> {
            boolean camels = name.toLowerCase(Locale.ROOT).startsWith("camel");
            if (camels || !HEADER.matcher(name).matches() || headers.put(name, value) != null) {
                throw Refused.badRequest("headers must have names of HTTP headers, each once, and none of Camel's");
            }
        });
        return headers;
    }

    /** A text is the bytes as they are; anything else is written as JSON. */
    private static byte[] body(JsonNode body) {
        return (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /** Instead of the commit: sets the variable {@code explanation}. */
    public void report(Exchange exchange) {
        Event event = extracted.event(exchange);
        exchange.setVariable("explanation", reads.with(handle -> new Explanation(table, handle)
                .of(event, schemas.found(exchange), Extracted.identityParts(exchange))));
    }
}
