package routes.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.telemetry.LogContext;
import routes.telemetry.Metrics;

/** The JSON form of errors: {@code {"error": "<one word>", "error_description": "<one sentence>"}}, as RFC 6749 has it. */
@BindToRegistry("answers")
public class Answers {

    private static final Logger REFUSED = LoggerFactory.getLogger("routes.refused");
    private static final Logger FAILED = LoggerFactory.getLogger("routes.failed");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes the failure of the exchange its answer: that of a {@link Refusal}, or else 500; the cause goes to the log. */
    public void failure(Exchange exchange, @ExchangeException Exception failure) {
        Refusal refusal = refusal(failure);
        ContextService.started(exchange.getContext(), "metrics", Metrics.class)
                .refused(exchange.getFromRouteId(), refusal.status(), refusal.error());
        log(exchange, refusal, failure);
        exchange.getMessage().removeHeaders("*");
        exchange.removeProperty(ExchangePropertyKey.CHARSET_NAME); // the request's, which need not even exist
        headers(refusal).forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status(refusal));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body(refusal));
    }

    /** The status of the answer; an API that knows fewer overrides it. */
    protected int status(Refusal refusal) {
        return refusal.status();
    }

    /** The headers of the answer; an API that tells less overrides it. */
    protected Map<String, String> headers(Refusal refusal) {
        return refusal.headers();
    }

    /** What the answer says; an API with another form of errors overrides it. */
    protected Object body(Refusal refusal) {
        return body(refusal.error(), refusal.description());
    }

    private static void log(Exchange exchange, Refusal refusal, Exception failure) {
        try (LogContext ignored = LogContext.of(exchange.getVariable("correlationId", String.class))) {
            if (refusal.status() < 500) {
                REFUSED.info(
                        "refused route={} status={} reason={}: {}",
                        exchange.getFromRouteId(),
                        refusal.status(),
                        refusal.error(),
                        refusal.description());
            } else {
                FAILED.warn("answered {} route={}: {}", refusal.status(), exchange.getFromRouteId(), cause(failure));
            }
        }
    }

    private static Refusal refusal(Exception failure) {
        for (Throwable thrown : ObjectHelper.createExceptionIterable(failure)) {
            if (thrown instanceof Refusal refusal) {
                return refusal;
            }
        }
        return new Refused(500, "server_error", "the request failed here, not on your side; send it again later");
    }

    /** Classes and the place only: messages of exceptions may quote the payload. */
    private static String cause(Exception failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }

    static Map<String, String> body(String error, String description) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return body;
    }

    /** As text, for where no route marshals it. */
    static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
