package routes.inbox;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.delivery.DeliveryComponent;
import routes.delivery.Plan;
import routes.http.JsonLimits;
import routes.http.Refused;
import routes.inbox.InboxWriter.Committed;
import routes.inbox.InboxWriter.Outcome;
import routes.store.Batcher;
import routes.store.Causes;
import routes.telemetry.LogContext;
import routes.telemetry.Metrics;
import routes.telemetry.Tracing;

/** Durable acceptance: an exchange that gets past {@link #commit} may be acknowledged, its event cannot be lost any more. */
@BindToRegistry("inbox")
public class Inbox extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");

    private Tracing tracing;
    private Batcher<Event, Committed> batcher;
    private Extracted extracted;
    private JsonLimits limits;
    private int limit;
    private int commitTimeoutSeconds;
    private int retryAfterSeconds;

    @Override
    protected void doStart() throws Exception {
        Settings settings = settings();
        limit = settings.positive("inbox.queue-size");
        commitTimeoutSeconds = settings.positive("inbox.commit-timeout-seconds");
        retryAfterSeconds = settings.positive("inbox.retry-after-seconds");
        extracted = Extracted.of(settings);
        limits = bean("json-limits", JsonLimits.class);
        Metrics metrics = bean("metrics", Metrics.class);
        tracing = bean("tracing", Tracing.class);
        InboxWriter writer = new InboxWriter(
                bean("event-table", EventTable.class),
                getCamelContext().getComponent("delivery", DeliveryComponent.class),
                metrics);
        batcher = new Batcher<>(
                "inbox-commit",
                new Batcher.Limits(
                        settings.positive("inbox.batch-size"),
                        settings.positiveNumber("inbox.batch-bytes"),
                        limit,
                        settings.positiveNumber("inbox.queue-bytes")),
                event -> event.payload().length,
                writer::write);
        metrics.gauge("webhook.inbox.waiting", "Notifications that wait for a commit", this, Inbox::waiting);
        metrics.gauge("webhook.inbox.waiting.limit", "How many may wait: more are answered 503", this, Inbox::limit);
        getCamelContext().addStartupListener((context, started) -> new Senders(context)
                .known()
                .keySet()
                .forEach(sender -> metrics.begin(sender, Committed.words())));
    }

    @Override
    protected void doStop() {
        if (batcher != null) {
            batcher.close();
        }
    }

    /** Notifications that wait for a commit. */
    int waiting() {
        return batcher.waiting();
    }

    /** How many may. */
    int limit() {
        return limit;
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
     * Refuses what is not UTF-8 (JSON parsers guess UTF-16 and UTF-32, what reads the payload later may not), and numbers that nobody can
     * work with.
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
        if (!limits.allows(payload)) {
            throw new Invalid(exchange, 400, "a number is beyond the limits of JSON here");
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
     * variables that the template {@code event} sets; {@code invalid}, where it is set, makes the event quarantined. Sets {@code
     * eventId}, and {@code committedAs}: the state of a new event, or duplicate, conflict, refused.
     *
     * @throws Refused 503 when the queue is full, the database is away, or the commit takes too long
     */
    public void commit(Exchange exchange) {
        Span span = tracing.begin("commit");
        try (Scope ignored = span.makeCurrent()) {
            accept(exchange, extracted.event(exchange), span);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    private void accept(Exchange exchange, Event event, Span span) {
        try (LogContext context = LogContext.of(event.correlationId()).event(event.id())) {
            Committed committed = committed(event);
            context.event(committed.id());
            String word = committed.word(event);
            exchange.setVariable("eventId", committed.id());
            exchange.setVariable("committedAs", word);
            Tracing.tell(span, "event", committed.id());
            Tracing.tell(span, "sender", event.sender());
            Tracing.tell(span, "outcome", word);
            LOG.info(
                    "{} event={} sender={} deliveries={}",
                    word,
                    committed.id(),
                    event.sender(),
                    committed.outcome() == Outcome.NEW ? event.destinations().size() : 0);
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
}
