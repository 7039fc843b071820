package routes;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;

/** Sends the samples with {@code samples/send}, as samples/README.md says. */
class SamplesIT {

    private static final Path SAMPLES = Path.of("samples");

    private static Bundle bundle;

    private record Ended(int code, List<String> output) {}

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(hasTools(), "needs bash, curl and openssl, as the script does");
        bundle = Bundle.demo();
    }

    @AfterAll
    static void stop() {
        if (bundle != null) {
            bundle.close();
        }
    }

    @Test
    void everySampleIsTakenAndRouted() throws Exception {
        Ended ended = bash("samples/send -u " + bundle.uri("/") + " samples/*/*.json");
        assertEquals(0, ended.code, ended.output::toString);
        Map<String, String> statuses = ended.output.stream()
                .filter(line -> line.matches("\\d{3} .*"))
                .collect(toMap(line -> line.substring(4), line -> line.substring(0, 3)));
        List<String> samples = samples();
        assertEquals(samples, statuses.keySet().stream().sorted().toList());
        assertTrue(statuses.values().stream().allMatch(status -> status.startsWith("2")), statuses::toString);
        assertEquals(
                List.of(),
                bundle.rows("select sender, type, status, state, reason from event where state <> 'accepted'"));
        assertTrue(Integer.parseInt(bundle.select("select count(*) from event")) >= samples.size());
    }

    private static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.getParent().endsWith("postman"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsRefusedIsShownAndEndsTheScriptWith1() throws Exception {
        for (String sample :
                List.of("coverage-discovery/task-success", "develop-health/benefit_verification.status_change")) {
            Ended ended = bash("samples/send -u " + bundle.uri("") + " -s wrong samples/" + sample + ".json");
            assertEquals(1, ended.code);
            assertEquals("401 samples/" + sample + ".json", ended.output.get(0));
            assertEquals(
                    "invalid_token",
                    Bundle.JSON.readTree(ended.output.get(1)).get("error").asText());
        }
    }

    @Test
    void aSecretMayComeFromTheEnvironment() throws Exception {
        String send = "WEBHOOKS_URL=" + bundle.uri("") + " samples/send samples/develop-health/*message.json";
        assertEquals(1, bash("DEVELOP_HEALTH_SECRET=wrong " + send).code);
        assertEquals(0, bash("DEVELOP_HEALTH_SECRET=demo-secret " + send).code);
    }

    private static Ended bash(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().keySet().removeIf(name -> name.endsWith("_SECRET") || name.startsWith("WEBHOOKS_"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.lines().toList());
    }

    private static boolean hasTools() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "command -v curl && command -v openssl")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
