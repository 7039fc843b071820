package routes.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands of the documentation, as somebody types them. */
public final class Shell {

    private Shell() {}

    /** Whether there is what the documentation asks for. */
    public static boolean has(String... commands) throws InterruptedException {
        try {
            for (String command : commands) {
                if (new ProcessBuilder("bash", "-c", "command -v " + command)
                                .start()
                                .waitFor()
                        != 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the script prints. */
    public static String run(Path folder, String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** The actual output as the documentation would show it: what that leaves open as … is left open. */
    public static String shown(String expected, String actual) {
        String pattern =
                Stream.of(expected.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\",\n]*"));
        return actual.strip().matches(pattern) ? expected : actual;
    }
}
