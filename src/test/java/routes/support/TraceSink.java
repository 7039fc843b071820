package routes.support;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Where a bundle sends its traces: OTLP over HTTP, as a collector takes it. */
public final class TraceSink implements AutoCloseable {

    /** Requests that are kept: a benchmark would fill the memory. */
    private static final int MOST = 10_000;

    private final HttpServer server;
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();

    public TraceSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Bundle.freePort()), 0);
        server.createContext("/v1/traces", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (requests.size() < MOST) {
                requests.add(request);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** One that has ended. */
    public record Ended(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    /** Settings that switch traces on, and send them here soon. */
    public Map<String, String> settings() {
        Map<String, String> settings = settings("1");
        settings.put("otel.bsp.schedule.delay", "100");
        return settings;
    }

    /** Settings that switch traces on, of that part of all, and send them here. */
    public Map<String, String> settings(String part) {
        Map<String, String> settings = new HashMap<>();
        settings.put("tracing.enabled", "true");
        settings.put(
                "otel.exporter.otlp.endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort());
        settings.put("otel.traces.sampler", "parentbased_traceidratio");
        settings.put("otel.traces.sampler.arg", part);
        return settings;
    }

    /** What came, as text, byte by byte. */
    public String text() {
        return requests.stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
    }

    public List<Ended> spans() throws IOException {
        List<Ended> spans = new ArrayList<>();
        for (byte[] request : requests) {
            ExportTraceServiceRequest.parseFrom(request).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(TraceSink::ended)
                    .forEach(spans::add);
        }
        return spans;
    }

    private static Ended ended(Span span) {
        HexFormat hex = HexFormat.of();
        return new Ended(
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getAttributesList().stream()
                        .collect(Collectors.toMap(
                                attribute -> attribute.getKey(),
                                attribute -> attribute.getValue().getStringValue())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
