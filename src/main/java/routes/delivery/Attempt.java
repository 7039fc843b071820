package routes.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.delivery.Result.Health;
import routes.delivery.Result.State;
import routes.store.Causes;
import routes.telemetry.LogContext;
import routes.telemetry.Metrics;
import routes.telemetry.Tracing;

/** One try of a delivery: the event as an exchange, through the route, and what comes of it. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger("routes.delivery");
    private static final int MAX_REASON = 200;

    private final DeliveryConsumer consumer;
    private final RetrySchedule schedule;
    private final Metrics metrics;
    private final Tracing tracing;

    Attempt(DeliveryConsumer consumer, RetrySchedule schedule, Metrics metrics, Tracing tracing) {
        this.consumer = consumer;
        this.schedule = schedule;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** @param event empty when it was erased meanwhile: the delivery is cancelled */
    Result make(Claim claim, Optional<Notification> event) {
        Span span =
                tracing.begin("deliver", event.map(Notification::traceparent).orElse(null));
        try (Scope ignored = span.makeCurrent()) {
            Result result = made(claim, event);
            metrics.attempt(Destination.kind(claim.destination()), result.outcome(), result.duration());
            tell(span, claim, result);
            log(claim, result, event.map(Notification::correlationId).orElse(null));
            return result;
        } finally {
            span.end();
            // Camel leaves its own span on the thread when it stops meanwhile, or after an Error
            Context.root().makeCurrent();
        }
    }

    private Result made(Claim claim, Optional<Notification> event) {
        OffsetDateTime startedAt = OffsetDateTime.now(ZoneOffset.UTC);
        long start = System.nanoTime();
        Ending ending = event.map(notification -> send(claim, notification))
                .orElseGet(() -> new Ending(State.CANCELLED, null, "the event was erased", null, Health.UNKNOWN));
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new Result(
                claim, ending.state, ending.pause, ending.reason, ending.status, ending.health, startedAt, duration);
    }

    private static void tell(Span span, Claim claim, Result result) {
        Tracing.tell(span, "event", claim.eventId());
        Tracing.tell(span, "delivery", claim.deliveryId());
        Tracing.tell(span, "destination", claim.destination());
        Tracing.tell(span, "attempt", claim.attempt());
        Tracing.tell(span, "outcome", result.outcome());
        if (result.pause() != null || result.state() == State.DEAD) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static void log(Claim claim, Result result, String correlationId) {
        try (LogContext ignored =
                LogContext.of(correlationId).event(claim.eventId()).delivery(claim.deliveryId())) {
            LOG.info(
                    "{} event={} delivery={} destination={} attempt={} ms={}{}",
                    result.outcome(),
                    claim.eventId(),
                    claim.deliveryId(),
                    claim.destination(),
                    claim.attempt(),
                    result.duration().toMillis(),
                    result.reason() == null ? "" : " reason=" + result.reason());
        }
    }

    private record Ending(State state, Duration pause, String reason, Integer status, Health health) {}

    private Ending send(Claim claim, Notification notification) {
        Exchange exchange = null;
        try {
            exchange = consumer.begin();
            fill(exchange, claim, notification);
            Deadline.set(exchange, consumer.attemptTime());
            consumer.getProcessor().process(exchange);
            return ending(claim, failure(exchange), exchange);
        } catch (Exception e) {
            return ending(claim, e, exchange);
        } catch (Error e) { // Camel lets it through; it is a failed attempt all the same
            consumer.countOut(exchange);
            return ending(claim, e, exchange);
        } finally {
            if (exchange != null) {
                consumer.end(exchange);
            }
        }
    }

    /** The body is the payload as it came; everything else is in variables, which no component sends anywhere. */
    private void fill(Exchange exchange, Claim claim, Notification notification) {
        if (consumer.getEndpoint().isPayload() && notification.payload() == null) {
            throw new Dead(EventPayload.GONE);
        }
        exchange.getMessage().setBody(notification.payload());
        // Camel's tracer goes on from it; routes drop it with all other headers, and it sets it anew on what they send
        String traceparent = Tracing.traceparent();
        if (traceparent != null) {
            exchange.getMessage().setHeader(Tracing.TRACEPARENT, traceparent);
        }
        exchange.setVariable("deliveryId", claim.deliveryId());
        exchange.setVariable("destination", claim.destination());
        exchange.setVariable("destinationName", Destination.name(claim.destination()));
        exchange.setVariable("attempt", claim.attempt());
        exchange.setVariable("generation", claim.generation());
        exchange.setVariable("eventId", notification.eventId());
        exchange.setVariable("eventOrder", notification.order());
        exchange.setVariable("sender", notification.sender());
        exchange.setVariable("type", notification.type());
        exchange.setVariable("status", notification.status());
        exchange.setVariable("subject", notification.subject());
        exchange.setVariable("tenant", notification.tenant());
        exchange.setVariable("correlationId", notification.correlationId());
        exchange.setVariable("occurredAt", notification.occurredAt());
        exchange.setVariable("receivedAt", notification.receivedAt());
    }

    /** A failure that an error handler declared handled is one all the same: what was not sent is not delivered. */
    private static Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            return new IllegalStateException("rolled back");
        }
        ExchangeExtension extension = exchange.getExchangeExtension();
        boolean hidden = ExchangeHelper.isFailureHandled(exchange)
                || extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
        return hidden ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class) : null;
    }

    private Ending ending(Claim claim, Throwable failure, Exchange exchange) {
        Integer status = exchange == null ? null : exchange.getVariable("status-code", Integer.class);
        boolean called = exchange != null && exchange.getVariable("called", false, Boolean.class);
        Health health = called ? health(failure) : Health.UNKNOWN;
        if (failure == null) {
            return new Ending(State.DELIVERED, null, null, status, health);
        }
        Verdict verdict = ObjectHelper.getException(Verdict.class, failure);
        if (verdict != null) {
            return new Ending(verdict.state(), null, Text.clean(verdict.getMessage(), MAX_REASON), status, health);
        }
        Failed failed = ObjectHelper.getException(Failed.class, failure);
        String reason = failed == null ? Causes.of(failure) : Text.clean(failed.getMessage(), MAX_REASON);
        Optional<Duration> scheduled = schedule.after(claim.attempt());
        if (scheduled.isEmpty()) {
            return new Ending(State.DEAD, null, reason, status, health);
        }
        return new Ending(State.PENDING, pause(failed, scheduled.get()), reason, status, health);
    }

    /** The schedule's, unless the route says something else. */
    private Duration pause(Failed failed, Duration scheduled) {
        if (failed instanceof RetryLater later) {
            return later.after();
        }
        Duration least = Optional.ofNullable(failed)
                .flatMap(Failed::least)
                .map(schedule::stretched)
                .orElse(Duration.ZERO);
        return least.compareTo(scheduled) > 0 ? least : scheduled;
    }

    /** Who has answered is up, also where it does not want this delivery; a failure of our own tells nothing. */
    private static Health health(Throwable failure) {
        boolean up = failure == null
                || ObjectHelper.getException(Verdict.class, failure) != null
                || ObjectHelper.getException(Rejected.class, failure) != null;
        boolean ours = ObjectHelper.getException(SQLException.class, failure) != null;
        boolean down = ObjectHelper.getException(Failed.class, failure) != null
                || ObjectHelper.getException(IOException.class, failure) != null;
        return up ? Health.UP : down && !ours ? Health.DOWN : Health.UNKNOWN;
    }
}
