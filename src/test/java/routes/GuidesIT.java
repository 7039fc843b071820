package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.MavenRun;
import routes.support.ProjectCopy;
import routes.support.Shell;

/**
 * Does what a guide says, in a copy of the project, step by step: a paragraph that names a file and what to do with it, and the block
 * below it; the run command; commands, and the output below them.
 */
@Tag("long")
class GuidesIT {

    private static final Path FOLDER = Path.of("target", "guides").toAbsolutePath();
    private static final Pattern STEP =
            Pattern.compile("((?:[^\n]+\n)*)\n```(\\w+)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Pattern CREATE = Pattern.compile("Create\\s`(\\S+)`");
    private static final Pattern APPEND = Pattern.compile("At the end of\\s`(\\S+)`, add:");
    private static final Pattern INSERT = Pattern.compile("In\\s`(\\S+)`, above\\s`(\\S+)`, add:");
    private static final Pattern CHANGE = Pattern.compile("In\\s`(\\S+)`, that line becomes:");

    private static final Pattern SET = Pattern.compile("(?s)TOKEN=.*?'\\)\n");

    private Path project;
    private String lastInsert;
    private String variables = "";
    private BundleProcess bundle;
    private int port;

    @AfterEach
    void stop() throws Exception {
        if (bundle != null) {
            bundle.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adding-an-event-type", "adding-a-sender"})
    void theGuideWorksAsWritten(String guide) throws Exception {
        assumeTrue(Shell.has("curl", "openssl"), "needs bash, curl and openssl, as the guide does");
        project = ProjectCopy.to(FOLDER.resolve(guide));
        Matcher step = STEP.matcher(Files.readString(Path.of("docs", guide + ".md")));
        int steps = 0;
        while (step.find()) {
            String kind = step.group(2);
            if (!kind.equals("sh")) {
                edit(step.group(1), step.group(3));
            } else if (step.group(3).strip().equals("mvn -q -Drun")) {
                run();
            } else {
                type(step.group(3), step.group(4));
            }
            steps++;
        }
        assertTrue(steps > 5, "a guide has steps");
    }

    private void edit(String instruction, String block) throws Exception {
        Matcher create = CREATE.matcher(instruction);
        Matcher append = APPEND.matcher(instruction);
        Matcher insert = INSERT.matcher(instruction);
        Matcher change = CHANGE.matcher(instruction);
        if (create.find()) {
            Path file = project.resolve(create.group(1));
            assertTrue(Files.notExists(file), () -> "is there already: " + file);
            Files.createDirectories(file.getParent());
            Files.writeString(file, block);
        } else if (append.find()) {
            Path file = project.resolve(append.group(1));
            Files.writeString(file, Files.readString(file) + block);
        } else if (insert.find()) {
            Path file = project.resolve(insert.group(1));
            replace(file, "(?m)^.*" + Pattern.quote(insert.group(2)), Matcher.quoteReplacement(block) + "$0");
            lastInsert = block;
        } else if (change.find()) {
            replace(project.resolve(change.group(1)), Pattern.quote(lastInsert), Matcher.quoteReplacement(block));
        } else {
            throw new AssertionError("nobody can tell what to do with it: " + instruction);
        }
    }

    private static void replace(Path file, String pattern, String by) throws Exception {
        String source = Files.readString(file);
        String changed = source.replaceFirst(pattern, by);
        assertTrue(!changed.equals(source), () -> pattern + " is not in " + file);
        Files.writeString(file, changed);
    }

    private void run() throws Exception {
        stop();
        port = Bundle.freePort();
        bundle = MavenRun.start(project, port);
    }

    /** In one shell: what one command sets, the next may use. */
    private void type(String commands, String output) {
        Matcher set = SET.matcher(commands);
        if (set.find()) {
            variables += set.group();
        }
        String script = (variables + commands)
                .replace("localhost:8080", "localhost:" + port)
                .replace("samples/send ", "samples/send -u http://localhost:" + port + " ");
        // a route may still be starting, and a delivery be under way when its event is asked for
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            String printed = Shell.run(project, script);
            assertEquals(output, output == null ? null : Shell.shown(output, printed));
        });
    }
}
