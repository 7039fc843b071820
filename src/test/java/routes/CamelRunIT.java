package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.CamelCli;
import routes.support.ConsoleClient;
import routes.support.Fixtures;
import routes.support.OpenApi;

/** The whole bundle, started from its sources by the real camel CLI with the demo settings. */
class CamelRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TABLE = "jdbc/coverage_discovery_task";
    private static final String DROP_IN = """
            - route:
                id: coverage-discovery:task
                from:
                  uri: direct:task-of-another-status
                  steps:
                    - to: delivery:jdbc/notification
            """;

    @ParameterizedTest(name = "camel run {1}")
    @CsvSource({"folder, .", "pom, pom.xml --properties=application.properties"})
    void aTaskIsAcceptedAndDelivered(String name, String arguments) throws Exception {
        try (BundleProcess camel = CamelCli.run(CamelCli.copyOfTheProject(name), arguments.split(" "))) {
            String token = token(camel);
            String task = post(camel, token, "failure");
            await().atMost(PATIENCE).until(() -> delivered(camel, token, task, TABLE));
            HttpRequest.Builder document = HttpRequest.newBuilder(camel.uri("/openapi.yaml"));
            assertEquals(Files.readString(OpenApi.FILE), camel.send(document).body());
            assertTrue(consolePage(camel).contains(task));
            camel.terminate();
            camel.exitCode(PATIENCE);
            String log = camel.output();
            for (String secret : List.of("demo-secret", "demo-password", "ZGVtby1z", token)) {
                assertFalse(log.contains(secret), () -> "in the log: " + secret + "\n" + log);
            }
        }
    }

    /** Its templates are files here, and its style sheet is in a jar of the CLI's. */
    private static String consolePage(BundleProcess camel) throws Exception {
        ConsoleClient console = new ConsoleClient(camel.uri("/"));
        console.take(console.login("demo", "demo-secret"));
        assertEquals(200, console.get("/console/assets/pico.css").statusCode());
        return console.get("/console/events").body();
    }

    /** Saved three times, for what a reload leaves behind; and dropped in, without a compiler. */
    @Test
    void whatIsSavedInARouteFileTakesEffectAndTheOtherRoutesLiveOn() throws Exception {
        Path project = CamelCli.copyOfTheProject("dev");
        Path dropIns = Files.createDirectories(project.resolve("routes"));
        Path file = project.resolve("src/main/java/routes/CoverageDiscovery.java");
        try (BundleProcess camel = CamelCli.run(project, ".", "--dev")) {
            String token = token(camel);
            for (String status : List.of("cancelled", "expired")) {
                replace(
                        file,
                        ".otherwise()",
                        ".when(simple(\"${variable.status} == '" + status
                                + "'\")).to(\"delivery:jdbc/notification\").otherwise()");
                awaitNotification(camel, token, status);
                String task = post(camel, token, "failure");
                await().atMost(PATIENCE).until(() -> delivered(camel, token, task, TABLE));
            }
            Files.writeString(dropIns.resolve("task.yaml"), DROP_IN);
            awaitNotification(camel, token, "halted");
            replace(file, "\"/webhooks/coverage-discovery\"", "\"/webhooks/elsewhere\"");
            HttpRequest.Builder elsewhere =
                    HttpRequest.newBuilder(camel.uri("/webhooks/elsewhere")).POST(BodyPublishers.noBody());
            await().atMost(PATIENCE).until(() -> camel.send(elsewhere).statusCode() == 403);
        }
    }

    /** Posts until it goes to the generic table; while a route is replaced its path is not there. */
    private static void awaitNotification(BundleProcess camel, String token, String status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertTrue(planned(camel, token, post(camel, token, status), "jdbc/notification"), status));
    }

    private static void replace(Path file, String old, String by) throws Exception {
        String source = Files.readString(file);
        assertTrue(source.contains(old), () -> old + " is not in " + file);
        Files.writeString(file, source.replace(old, by));
    }

    private static String token(BundleProcess camel) throws Exception {
        return camel.token("demo", "demo-secret");
    }

    /** Posts a task of that status, and returns its id. */
    private static String post(BundleProcess camel, String token, String status) throws Exception {
        String id = UUID.randomUUID().toString();
        ObjectNode task = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(UUID.fromString(id)));
        HttpRequest.Builder request = HttpRequest.newBuilder(camel.webhook())
                .header("Authorization", "Bearer " + token)
                .header("x-optum-tenant-id", "lakeside")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Bundle.JSON.writeValueAsBytes(task.put("status", status))));
        assertEquals(204, camel.send(request).statusCode());
        return id;
    }

    private static boolean planned(BundleProcess camel, String token, String subject, String destination)
            throws Exception {
        return !delivery(camel, token, subject, destination).isMissingNode();
    }

    private static boolean delivered(BundleProcess camel, String token, String subject, String destination)
            throws Exception {
        return "delivered"
                .equals(delivery(camel, token, subject, destination)
                        .path("state")
                        .asText());
    }

    private static JsonNode delivery(BundleProcess camel, String token, String subject, String destination)
            throws Exception {
        HttpRequest.Builder events = HttpRequest.newBuilder(camel.uri("/events?subject=" + subject))
                .header("Authorization", "Bearer " + token);
        for (JsonNode delivery : Bundle.json(camel.send(events)).at("/events/0/deliveries")) {
            if (destination.equals(delivery.get("destination").asText())) {
                return delivery;
            }
        }
        return MissingNode.getInstance();
    }
}
