package routes.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.http.Refused;
import routes.http.Request;
import routes.http.StrictJson;
import routes.store.Database;

/**
 * What Optum Connections could not push, as its API lists it: {@code [{"id", "eventName", "eventPayload", ...}, ...]}, where the payload is JSON
 * within a string. Each payload goes the way of all notifications; what has none is kept as quarantined.
 */
@BindToRegistry("optum-connections-missed-events")
public class OptumConnectionsMissedEvents extends ContextService {

    private static final String ITEMS = "missedEvents";
    private static final String ID = "missedEventId";
    private static final String RUN = "importRun";
    /** A list is in memory as a whole, and is stored for seconds. */
    private final Places places = new Places(2, "imports");

    private Reads reads;
    private Database database;
    private int most;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        most = settings().positive("sender.optum-connections.import-max-items");
    }

    /**
     * Reads the list in the body; who brought it is written down before anything of it is stored.
     *
     * @throws Refused 400 when it is none, or too long; 503 for too many at once
     */
    public void open(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        places.take(exchange);
        List<JsonNode> items = list(exchange.getMessage().getBody(byte[].class));
        if (items.size() > most) {
            throw Refused.badRequest("no more than " + most + " missed events at once");
        }
        audit(exchange, items.size());
        exchange.setVariable(ITEMS, items);
        exchange.setVariable(RUN, new ImportRun(items.size()));
    }

    /** The array that the body is, or the only one in it. */
    private static List<JsonNode> list(byte[] body) {
        JsonNode json = StrictJson.value(body == null ? new byte[0] : body).orElseGet(MissingNode::getInstance);
        List<JsonNode> arrays = new ArrayList<>();
        (json.isArray() ? List.of(json) : json).forEach(value -> {
            if (value.isArray()) {
                arrays.add(value);
            }
        });
        if (arrays.size() != 1) {
            throw Refused.badRequest(
                    "the body must be an array of missed events, or an object with one array in it, as JSON in UTF-8");
        }
        List<JsonNode> items = new ArrayList<>();
        arrays.get(0).forEach(items::add);
        return items;
    }

    private void audit(Exchange exchange, int items) {
        reads.<Integer>inTransaction(handle -> handle.createUpdate(database.sql("audit_insert"))
                .bind("actor", Caller.of(exchange).client())
                .bind("action", "import")
                .bind("target", "sender optum-connections")
                .bind("detail", "missed events: " + items)
                .execute());
    }

    /** The items of the list, in its order. */
    public List<?> items(Exchange exchange) {
        return exchange.getVariable(ITEMS, List.class);
    }

    /** Makes the payload of the item in the body the body; of an item without one, the item itself, which is then invalid. */
    public void take(Exchange exchange) {
        JsonNode item = exchange.getMessage().getBody(JsonNode.class);
        JsonNode payload = item.path("eventPayload");
        boolean usable = payload.isTextual() && !payload.textValue().isBlank();
        if (!usable) {
            exchange.setVariable("invalid", "a missed event without an eventPayload");
        }
        exchange.setVariable(ID, item.path("id").asText(""));
        exchange.getMessage()
                .setBody((usable ? payload.textValue() : item.toString()).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the next item is to be taken. */
    public boolean goesOn(Exchange exchange) {
        return run(exchange).goesOn();
    }

    /** Counts what became of an item. */
    public void count(Exchange exchange) {
        run(exchange)
                .count(
                        exchange.getVariable("committedAs", String.class),
                        exchange.getVariable("eventId", String.class));
    }

    /** What became of all of them. */
    public Map<String, Object> result(Exchange exchange) {
        return run(exchange).report();
    }

    private static ImportRun run(Exchange exchange) {
        return exchange.getVariable(RUN, ImportRun.class);
    }

    /** What tells a notification of this sender from another: its causationId, or the id that it got when it was missed. */
    public String notificationId(Exchange exchange) {
        String causationId = exchange.getVariable("correlationId", String.class);
        return causationId == null || causationId.isBlank() ? exchange.getVariable(ID, String.class) : causationId;
    }

    /** Now, for a notification without a time. Not for a missed one: it may be older than all that is known since. */
    public String arrival(Exchange exchange) {
        return exchange.getVariable(ID) == null
                ? OffsetDateTime.now(ZoneOffset.UTC).toString()
                : "";
    }
}
