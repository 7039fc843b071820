package routes.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import routes.config.ContextService;
import routes.config.Settings;
import routes.delivery.Columns;
import routes.delivery.DeliveryComponent;
import routes.delivery.Plan;
import routes.delivery.Text;
import routes.http.Refused;
import routes.inbox.InboxWriter.Committed;
import routes.inbox.InboxWriter.Outcome;
import routes.store.Batcher;
import routes.store.Causes;
import routes.store.Database;

/** Durable acceptance: an exchange that gets past {@link #commit} may be acknowledged, its event cannot be lost any more. */
@BindToRegistry("inbox")
public class Inbox extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");
    private static final int ID = 200;
    private static final int REASON = 500;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Pattern WINDOWS = Pattern.compile("sender\\.([^.]+)\\.dedup-window");

    private Batcher<Event, Committed> batcher;
    private Map<String, Duration> windows = Map.of();

    private int commitTimeoutSeconds;
    private int retryAfterSeconds;

    @Override
    protected void doStart() {
        Settings settings = settings();
        commitTimeoutSeconds = settings.positive("inbox.commit-timeout-seconds");
        retryAfterSeconds = settings.positive("inbox.retry-after-seconds");
        windows = windows(settings);
        Database database = bean("database", Database.class);
        InboxWriter writer =
                new InboxWriter(database, getCamelContext().getComponent("delivery", DeliveryComponent.class));
        batcher = new Batcher<>(
                "inbox-commit",
                new Batcher.Limits(
                        settings.positive("inbox.batch-size"),
                        settings.positiveNumber("inbox.batch-bytes"),
                        settings.positive("inbox.queue-size"),
                        settings.positiveNumber("inbox.queue-bytes")),
                event -> event.payload().length,
                writer::write);
    }

    /** The properties {@code sender.<sender>.dedup-window}. */
    private Map<String, Duration> windows(Settings settings) {
        return getCamelContext()
                .getPropertiesComponent()
                .loadProperties(key -> WINDOWS.matcher(key).matches())
                .stringPropertyNames()
                .stream()
                .collect(Collectors.toMap(key -> WINDOWS.matcher(key).replaceFirst("$1"), settings::duration));
    }

    @Override
    protected void doStop() {
        if (batcher != null) {
            batcher.close();
        }
    }

    /** Keeps the bytes as they came, and opens the plan that the router fills. */
    public void open(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        byte[] payload = body == null ? new byte[0] : body;
        exchange.getMessage().setBody(payload);
        exchange.setVariable("payload", payload);
        Plan.open(exchange);
    }

    /**
     * Refuses what is not UTF-8: JSON parsers guess UTF-16 and UTF-32, what reads the payload later may not.
     *
     * @throws Invalid 400
     */
    public void checkEncoding(Exchange exchange) throws Invalid {
        byte[] payload = exchange.getVariable("payload", byte[].class);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
        } catch (CharacterCodingException e) {
            throw new Invalid(exchange, 400, "not UTF-8");
        }
        for (byte b : payload) {
            if (b == 0) {
                throw new Invalid(exchange, 400, "not UTF-8 text: it has a NUL byte");
            }
        }
    }

    /**
     * Notes why the notification that failed validation is invalid, for {@link #commit} and {@link #reject}.
     *
     * @param failure what the validation threw
     */
    public void invalid(Exchange exchange, @ExchangeException Invalid failure) {
        exchange.setVariable("invalid", failure.description());
        exchange.setVariable("invalidStatus", failure.status());
    }

    /** Tells the sender that what is now kept as quarantined was not valid. */
    public void reject(Exchange exchange, @Variable("invalid") String reason, @Variable("invalidStatus") int status)
            throws Invalid {
        throw new Invalid(exchange, status, reason);
    }

    /**
     * Waits until the event and its deliveries are committed, together with whatever else arrived meanwhile. Reads the
     * variables that the receive template sets; {@code invalid}, where it is set, makes the event quarantined.
     *
     * @throws Refused 503 when the queue is full, the database is away, or the commit takes too long
     */
    public void commit(Exchange exchange) {
        Event event = event(exchange);
        Committed committed = committed(event);
        Outcome outcome = committed.outcome();
        exchange.setVariable("eventId", committed.id());
        try (MDC.MDCCloseable ignored = MDC.putCloseable("correlationId", event.correlationId())) {
            LOG.info(
                    "{} event={} sender={} deliveries={}",
                    outcome == Outcome.NEW ? event.state() : outcome.name().toLowerCase(Locale.ROOT),
                    committed.id(),
                    event.sender(),
                    outcome == Outcome.NEW ? event.destinations().size() : 0);
        }
    }

    private Committed committed(Event event) {
        try {
            return batcher.submit(event).get(commitTimeoutSeconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            throw unavailable("the inbox is full");
        } catch (TimeoutException e) {
            throw unavailable("the inbox is too slow");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("stopping");
        } catch (ExecutionException e) {
            LOG.warn("not stored event={} sender={}: {}", event.id(), event.sender(), Causes.of(e));
            throw unavailable("the inbox cannot be written to");
        }
    }

    private Refused unavailable(String why) {
        return Refused.unavailable(
                why + "; send it again, and if it was stored after all, that is recognised", retryAfterSeconds);
    }

    private Event event(Exchange exchange) {
        Plan plan = Plan.of(exchange).close();
        byte[] payload = exchange.getVariable("payload", byte[].class);
        byte[] hash = EventId.hash(payload);
        String sender = exchange.getVariable("sender", String.class);
        String invalid = exchange.getVariable("invalid", String.class);
        boolean valid = invalid == null;
        return new Event(
                valid ? identity(exchange, sender, hash) : Identity.of(quarantineId(exchange, sender, hash)),
                sender,
                Text.clean(variable(exchange, "type"), ID),
                Text.clean(variable(exchange, "status"), ID),
                Text.id(variable(exchange, "subject"), ID),
                Text.clean(variable(exchange, "tenant"), ID),
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
                valid ? plan.destinations() : Set.of());
    }

    private static OffsetDateTime occurredAt(Exchange exchange) {
        String text = Text.clean(variable(exchange, "occurredAt"), ID);
        return text == null ? null : Columns.time(text.split(" ", 2)[0]);
    }

    /** By its bytes and its tenant: a corrected resend is new, and so are the same bytes from another tenant. */
    private static UUID quarantineId(Exchange exchange, String sender, byte[] hash) {
        String tenant = variable(exchange, "tenant");
        return EventId.of(
                sender,
                List.of(
                        "quarantined",
                        tenant == null ? "" : tenant,
                        HexFormat.of().formatHex(hash)));
    }

    private Identity identity(Exchange exchange, String sender, byte[] hash) {
        return Identity.of(
                sender,
                exchange.getVariable("identity", String.class),
                name -> variable(exchange, name),
                hash,
                windows.getOrDefault(sender, WINDOW),
                Instant.now());
    }

    private static String variable(Exchange exchange, String name) {
        return exchange.getVariable(name, String.class);
    }
}
