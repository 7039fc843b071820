package routes.config;

import java.util.regex.Pattern;
import org.slf4j.MDC;

/** What a log line has beside its text. */
public final class LogContext {

    private static final Pattern ID = Pattern.compile("[\\w.:-]{1,100}");

    private LogContext() {}

    /**
     * Puts a correlation id there until it is closed, but only what looks like an id: senders may write anything there, and the
     * request may be one that nobody has vouched for.
     *
     * @param id or null
     */
    public static MDC.MDCCloseable correlationId(String id) {
        return MDC.putCloseable("correlationId", id != null && ID.matcher(id).matches() ? id : null);
    }
}
