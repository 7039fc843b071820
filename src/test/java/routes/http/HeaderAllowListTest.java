package routes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A header that a sender's template names, and that is not listed, would be empty without a word. */
class HeaderAllowListTest {

    private static final Path ROUTES = Path.of("src/main/java/routes");
    private static final Pattern HEADER = Pattern.compile("\\$\\{headers?[.\\[]'?([\\w-]+)");

    @Test
    void itHasWhatTheRoutesNameAndNothingElse() throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("application.properties"))) {
            settings.load(in);
        }
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher headers = HEADER.matcher(Files.readString(file));
                while (headers.find()) {
                    named.add(headers.group(1));
                }
            }
        }
        assertEquals(
                named,
                new TreeSet<>(
                        Set.of(settings.getProperty("http.request-headers").split(", *"))));
    }
}
