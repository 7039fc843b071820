package routes.telemetry;

import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** What log lines have beside their text until it is closed: {@code correlationId, eventId, deliveryId, traceId}, as far as they are known. */
public final class LogContext implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("[\\w.:-]{1,100}");

    private final List<String> keys = new ArrayList<>();

    private LogContext() {}

    /**
     * With the correlation id, but only what looks like an id: senders may write anything there, and the request may be one that
     * nobody has vouched for.
     *
     * @param correlationId or null
     */
    public static LogContext of(String correlationId) {
        LogContext context = new LogContext();
        if (correlationId != null && ID.matcher(correlationId).matches()) {
            context.put("correlationId", correlationId);
        }
        if (Span.current().getSpanContext().isValid()) {
            context.put("traceId", Span.current().getSpanContext().getTraceId());
        }
        return context;
    }

    public LogContext event(UUID id) {
        put("eventId", id.toString());
        return this;
    }

    public LogContext delivery(UUID id) {
        put("deliveryId", id.toString());
        return this;
    }

    private void put(String key, String value) {
        MDC.put(key, value);
        keys.add(key);
    }

    @Override
    public void close() {
        keys.forEach(MDC::remove);
    }
}
