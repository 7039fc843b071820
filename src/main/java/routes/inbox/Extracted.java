package routes.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import routes.config.Settings;
import routes.delivery.Columns;
import routes.delivery.Plan;
import routes.delivery.Text;
import routes.telemetry.Tracing;

/**
 * Makes an event of the variables that the receive template sets and of what the router has planned.
 *
 * @param windows how long the same bytes of a sender are the same notification
 */
record Extracted(Map<String, Duration> windows) {

    private static final int ID = 200;
    private static final int REASON = 500;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Pattern WINDOWS = Pattern.compile("sender\\.([^.]+)\\.dedup-window");
    private static final String TENANT = "tenant";
    private static final String TYPE = "type";

    /** With the properties {@code sender.<sender>.dedup-window}. */
    static Extracted of(Settings settings) {
        return new Extracted(settings
                .context()
                .getPropertiesComponent()
                .loadProperties(key -> WINDOWS.matcher(key).matches())
                .stringPropertyNames()
                .stream()
                .collect(Collectors.toMap(key -> WINDOWS.matcher(key).replaceFirst("$1"), settings::duration)));
    }

    /** The event; the variable {@code invalid}, where it is set, makes it quarantined. Closes the plan. */
    Event event(Exchange exchange) {
        Plan plan = Plan.of(exchange).close();
        byte[] payload = exchange.getVariable("payload", byte[].class);
        byte[] hash = EventId.hash(payload);
        String sender = exchange.getVariable("sender", String.class);
        String invalid = exchange.getVariable("invalid", String.class);
        boolean valid = invalid == null;
        return new Event(
                valid ? identity(exchange, sender, hash) : Identity.of(quarantineId(exchange, sender, hash)),
                sender,
                Text.clean(variable(exchange, TYPE), ID),
                Text.clean(variable(exchange, "status"), ID),
                Text.id(variable(exchange, "subject"), ID),
                Text.clean(variable(exchange, TENANT), ID),
                Text.clean(variable(exchange, "subtenant"), ID),
                Text.id(variable(exchange, "correlationId"), ID),
                !valid ? Event.State.QUARANTINED : plan.parked() ? Event.State.PARKED : Event.State.ACCEPTED,
                Text.clean(invalid, REASON),
                exchange.getVariable("pending", false, Boolean.class),
                occurredAt(exchange),
                Text.clean(variable(exchange, "contentType"), ID),
                exchange.getVariable("test", false, Boolean.class),
                hash,
                payload,
                Tracing.traceparent(),
                valid ? plan.destinations() : Set.of());
    }

    /** The names of the variables that make the identity of the event. */
    static List<String> identityParts(Exchange exchange) {
        return exchange.getVariable("invalid") == null
                ? Identity.parts(variable(exchange, "identity"), name -> variable(exchange, name))
                : List.of(TENANT, TYPE, Identity.BODY);
    }

    private static OffsetDateTime occurredAt(Exchange exchange) {
        String text = Text.clean(variable(exchange, "occurredAt"), ID);
        return text == null ? null : Columns.time(text.split(" ", 2)[0]);
    }

    /** By its bytes, its tenant and its type: a corrected resend is new, and so are the same bytes of another tenant or type. */
    private static UUID quarantineId(Exchange exchange, String sender, byte[] hash) {
        String tenant = variable(exchange, TENANT);
        String type = variable(exchange, TYPE);
        return EventId.of(
                sender,
                List.of(
                        "quarantined",
                        tenant == null ? "" : tenant,
                        type == null ? "" : type,
                        HexFormat.of().formatHex(hash)));
    }

    private Identity identity(Exchange exchange, String sender, byte[] hash) {
        return Identity.of(
                sender,
                variable(exchange, "identity"),
                name -> variable(exchange, name),
                hash,
                windows.getOrDefault(sender, WINDOW),
                Instant.now());
    }

    private static String variable(Exchange exchange, String name) {
        return exchange.getVariable(name, String.class);
    }
}
