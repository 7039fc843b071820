package routes.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans as they leave: with the attributes of a list, and nothing else. Camel's have the URLs of partners, the keys of records, and messages
 * of exceptions, which quote payloads.
 */
final class BareSpans implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger("routes.traces");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    /** Of the endpoint, as the routes write it, and of the request. What begins with {@link Tracing#OURS} is told as well. */
    private static final Set<String> TOLD =
            Set.of("component", "op", "error", "http.method", "http.status_code", SCHEME.getKey(), PATH.getKey());

    private final SpanExporter exporter;

    BareSpans(SpanExporter exporter) {
        this.exporter = exporter;
    }

    private static final class Bare extends DelegatingSpanData {

        private final String name;
        private final Attributes attributes;

        private Bare(SpanData span) {
            super(span);
            String scheme = span.getAttributes().get(SCHEME);
            // Camel names them by the component alone
            name = scheme == null
                    ? span.getName()
                    : scheme + ":" + span.getAttributes().get(PATH);
            attributes = span.getAttributes().toBuilder()
                    .removeIf(
                            key -> !TOLD.contains(key.getKey()) && !key.getKey().startsWith(Tracing.OURS))
                    .build();
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result =
                exporter.export(spans.stream().<SpanData>map(Bare::new).toList());
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                LOG.warn("traces not sent, {} spans are lost", spans.size());
            }
        });
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
