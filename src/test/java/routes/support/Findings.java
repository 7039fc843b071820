package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured or counted, on its way into a page of {@code docs/}: with the machine, the date and the commit. */
public final class Findings {

    private Findings() {}

    /** Where and when it was, and of what: a line of Markdown. */
    public static String circumstances() {
        return "%s, %d cores, %d GB, %s, Java %s; %s; commit %s"
                .formatted(
                        line("/proc/cpuinfo", "model name").orElse("unknown processor"),
                        Runtime.getRuntime().availableProcessors(),
                        line("/proc/meminfo", "MemTotal")
                                .map(kilobytes -> Long.parseLong(kilobytes.replace(" kB", "")) >> 20)
                                .orElse(0L),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        LocalDate.now(),
                        commit());
    }

    private static Optional<String> line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) { // not on Linux
            return Optional.empty();
        }
    }

    /** With a + where the sources were changed since. */
    private static String commit() {
        String changed = git(
                "status", "--porcelain", "--untracked-files=no", "src", "bench", "pom.xml", "application.properties");
        return git("rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : "+");
    }

    private static String git(String... words) {
        try {
            Process git = new ProcessBuilder(
                            Stream.concat(Stream.of("git"), Stream.of(words)).toList())
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Puts Markdown between the two lines of a page that are {@code <!-- name -->} and {@code <!-- /name -->}.
     *
     * @throws IllegalStateException when the page has no such lines
     */
    public static void write(Path page, String name, String markdown) throws IOException {
        String text = Files.readString(page);
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(page + " has no place for " + name);
        }
        Files.writeString(
                page, text.substring(0, from) + begin + "\n" + markdown.strip() + "\n\n" + text.substring(to));
    }
}
