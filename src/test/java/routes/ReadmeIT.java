package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;

/** Does what "A first webhook" in the README says, line by line, and compares what comes out with what it shows. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```(sh|text)\n(.*?)```", Pattern.DOTALL);

    private record Step(String command, String output) {}

    @Test
    void theFirstWebhookWorksAsWritten() throws Exception {
        assumeTrue(hasCurl(), "needs bash and curl, as the README does");
        List<Step> steps = steps();
        assertEquals(5, steps.size());
        try (Bundle bundle = Bundle.demo()) {
            StringBuilder before = new StringBuilder();
            for (Step step : steps) {
                String script = before + step.command.replace("localhost:8080", "localhost:" + bundle.port());
                // a delivery may still be under way when its event is asked for
                await().atMost(20, SECONDS)
                        .untilAsserted(() -> assertEquals(step.output, shown(step.output, bash(script))));
                if (step.command.startsWith("TOKEN=")) {
                    before.append(script);
                }
            }
        }
    }

    @Test
    void theRoutesThatItShowsAreTheRoutesThatThereAre() throws Exception {
        String routes = Files.readString(Path.of("src/main/java/routes/Deliveries.java"))
                + Files.readString(Path.of("src/main/java/routes/CoverageDiscovery.java"));
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        while (block.find()) {
            for (String line : block.group(1).split("\n")) {
                String begin = line.strip().split("…")[0];
                assertTrue(routes.contains(begin), begin);
            }
        }
    }

    /** The commands of the section with the output that stands below each. */
    private static List<Step> steps() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## A first webhook"), readme.indexOf("## Test"));
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                steps.add(new Step(block.group(2), ""));
            } else {
                String command = steps.remove(steps.size() - 1).command;
                steps.add(new Step(command, block.group(2)));
            }
        }
        return steps;
    }

    /** The actual output as the README would show it: what it leaves open as … is left open. */
    private static String shown(String expected, String actual) {
        String pattern =
                Stream.of(expected.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\",\n]*"));
        return actual.strip().matches(pattern) ? expected : actual;
    }

    private static String bash(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "command -v curl").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
