package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/security.md and SECURITY.md name are there. */
class SecurityDocTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test|Fuzz))(?:\\.(\\w+))?`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path folder : List.of(Path.of("src/test/java"), Path.of("src/fuzz/java"), Path.of("src/console/java"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : List.of(Path.of("docs/security.md"), Path.of("SECURITY.md"))) {
            Matcher test = NAMED.matcher(Files.readString(page));
            while (test.find()) {
                named++;
                String source = sources.getOrDefault(test.group(1) + ".java", "");
                if (source.isEmpty() || test.group(2) != null && !source.contains(" " + test.group(2) + "(")) {
                    missing.add(page + ": " + test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > 50, "there are tests to look for");
    }
}
