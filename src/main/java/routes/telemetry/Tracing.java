package routes.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import org.apache.camel.BindToRegistry;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import routes.config.ContextService;

/**
 * Traces, off by default: Camel makes spans of routes and of what they send to, and puts {@code traceparent} on it. One trace goes from the
 * receipt over the commit to each delivery, for the event keeps the commit's. Where spans go and how many of them is OpenTelemetry's own
 * configuration ({@code otel.*}); what they tell is not: {@link BareSpans}.
 */
@BindToRegistry("tracing")
public class Tracing extends ContextService {

    /** The header, by W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    /** How the names of our own attributes begin. */
    static final String OURS = "webhook.";

    private static final String NAME = "webhook-routes";

    /** Ours, where OpenTelemetry's own configuration says nothing else. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", NAME,
            "otel.exporter.otlp.protocol", "http/protobuf",
            // the metrics are Prometheus', the logs the console's
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    /** Held, or it would be forgotten with what it is told here. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private OpenTelemetrySdk sdk;
    private Tracer tracer = OpenTelemetry.noop().getTracer(NAME);

    @Override
    protected void doStart() {
        if (!settings().flag("tracing.enabled")) {
            return;
        }
        // It would print failures of the exporter with the messages of their exceptions; BareSpans tells of them.
        LIBRARY.setUseParentHandlers(false);
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(this::properties)
                .addResourceCustomizer((resource, properties) -> resource.toBuilder()
                        .put("service.instance.id", UUID.randomUUID().toString())
                        .build())
                .addSpanExporterCustomizer((exporter, properties) -> new BareSpans(exporter))
                .setServiceClassLoader(getClass().getClassLoader())
                // Camel's own ends first, with what is in flight
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        tracer = sdk.getTracer(NAME);
        getCamelContext().getRegistry().bind("tracer", Tracer.class, tracer);
        // without baggage, which anybody may fill
        getCamelContext()
                .getRegistry()
                .bind(
                        "propagators",
                        ContextPropagators.class,
                        ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer camel = new OpenTelemetryTracer();
        camel.setExcludePatterns(settings().text("tracing.left-out"));
        camel.init(getCamelContext());
    }

    /** What begins with {@code otel.} among the properties is OpenTelemetry's; its environment variables come before it. */
    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(DEFAULTS);
        getCamelContext()
                .getPropertiesComponent()
                .loadProperties(key -> key.startsWith("otel."))
                .stringPropertyNames()
                .forEach(key -> properties.put(key, settings().text(key)));
        return properties;
    }

    @Override
    protected void doShutdown() {
        if (sdk != null) {
            sdk.close();
        }
    }

    /** A span of something that is no route; the current one is its parent. */
    public Span begin(String name) {
        return tracer.spanBuilder(name).startSpan();
    }

    /**
     * The same, as part of a trace that began elsewhere.
     *
     * @param traceparent as {@link #traceparent} has given it; null: it begins one of its own
     */
    public Span begin(String name, String traceparent) {
        if (sdk == null) {
            return Span.getInvalid();
        }
        Context parent =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, new StoredTraceparent());
        return tracer.spanBuilder(name).setParent(parent).startSpan();
    }

    /** Reads the one header from its value. */
    private static final class StoredTraceparent implements TextMapGetter<String> {

        @Override
        public Iterable<String> keys(String value) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String value, String key) {
            return TRACEPARENT.equals(key) ? value : null;
        }
    }

    /** Says what a span is about: ids, and words of our own. */
    public static void tell(Span span, String name, Object value) {
        span.setAttribute(OURS + name, value.toString());
    }

    /** The current span as {@link #TRACEPARENT} has it; null: there is none. */
    public static String traceparent() {
        if (!Span.current().getSpanContext().isValid()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
        return headers.get(TRACEPARENT);
    }
}
