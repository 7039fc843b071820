package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Shell;

/** Does what "A first webhook" in the README says, line by line, and compares what comes out with what it shows. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```(sh|text)\n(.*?)```", Pattern.DOTALL);

    private record Step(String command, String output) {}

    @Test
    void theFirstWebhookWorksAsWritten() throws Exception {
        assumeTrue(Shell.has("curl"), "needs bash and curl, as the README does");
        List<Step> steps = steps();
        assertEquals(5, steps.size());
        try (Bundle bundle = Bundle.demo()) {
            StringBuilder before = new StringBuilder();
            for (Step step : steps) {
                String script = before + step.command.replace("localhost:8080", "localhost:" + bundle.port());
                // a delivery may still be under way when its event is asked for
                await().atMost(20, SECONDS)
                        .untilAsserted(() ->
                                assertEquals(step.output, Shell.shown(step.output, Shell.run(Path.of(""), script))));
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
}
