package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Fixtures;
import routes.support.Jvm;
import routes.support.TestDatabase;
import routes.support.TraceSink;

/** The log as JSON, from the start to the end of the shutdown. */
class LogsIT {

    @Test
    void everyLineIsAnObjectThatSaysWhatItIsAbout() throws Exception {
        List<JsonNode> lines;
        try (TraceSink traces = new TraceSink()) {
            lines = logged(traces.settings());
        }
        JsonNode accepted = line(lines, "accepted event=.*");
        JsonNode delivered = line(lines, "delivered event=.*");
        assertEquals("visit-1001", accepted.get("correlationId").asText());
        assertEquals("routes.inbox", accepted.get("logger").asText());
        assertEquals("INFO", accepted.get("level").asText());
        assertTrue(accepted.get("time").asText().endsWith("Z"));
        assertTrue(accepted.get("message")
                .asText()
                .contains("event=" + accepted.get("eventId").asText()));
        for (String field : List.of("correlationId", "eventId", "traceId")) {
            assertEquals(accepted.get(field), delivered.get(field), field);
            assertFalse(accepted.get(field).asText().isEmpty(), field);
        }
        assertTrue(delivered
                .get("message")
                .asText()
                .contains("delivery=" + delivered.get("deliveryId").asText()));
        JsonNode refused = line(lines, "refused route=coverage-discovery-webhook .*");
        assertFalse(refused.has("eventId"));
        String last = lines.get(lines.size() - 1).get("message").asText();
        assertTrue(last.endsWith("is shutdown"), last);
    }

    /** What cannot be sent is lost, and nothing else is said of it than that. */
    @Test
    void aCollectorThatIsAwayIsToldOfInTheSameForm() throws Exception {
        TraceSink away = new TraceSink();
        away.close();
        Map<String, String> settings = away.settings();
        settings.put("otel.java.exporter.otlp.retry.disabled", "true");
        List<JsonNode> lines = logged(settings);
        assertEquals(
                "WARN",
                line(lines, "traces not sent, \\d+ spans are lost").get("level").asText());
        line(lines, "delivered event=.*");
    }

    /** All lines from the start to the end of a bundle that is sent a task. */
    private static List<JsonNode> logged(Map<String, String> tracing) throws Exception {
        Properties settings = Bundle.settings(TestDatabase.POSTGRESQL.create());
        settings.putAll(tracing);
        List<JsonNode> lines = new ArrayList<>();
        try (BundleProcess bundle =
                BundleProcess.start("logs", settings, Jvm.QUICK.with("-Dlog.format=json", "-Dlog.level=info"))) {
            HttpRequest.Builder task = HttpRequest.newBuilder(bundle.webhook())
                    .header("Authorization", "Bearer " + bundle.token("optum"))
                    .header("x-optum-tenant-id", Bundle.TENANT)
                    .header("x-optum-correlation-id", "visit-1001")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())));
            assertEquals(204, bundle.send(task).statusCode());
            bundle.awaitDeliveries();
            await().atMost(Duration.ofSeconds(30)).until(() -> bundle.output().contains("delivered event="));
            bundle.terminate();
            assertEquals(143, bundle.exitCode(Duration.ofSeconds(45)));
            for (String line : bundle.log()) {
                lines.add(Bundle.JSON.readTree(line));
            }
        }
        return lines;
    }

    private static JsonNode line(List<JsonNode> lines, String message) {
        Pattern pattern = Pattern.compile(message);
        return lines.stream()
                .filter(line -> pattern.matcher(line.get("message").asText()).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + message));
    }
}
