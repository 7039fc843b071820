package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/** Payloads of the senders: {@code src/test/resources/events/<sender>/{valid,invalid}}. */
public final class Fixtures {

    private static final Path ROOT = Path.of("src/test/resources/events");

    private Fixtures() {}

    /** The files of a folder such as {@code coverage-discovery/valid}, in order. */
    public static Stream<Path> in(String folder) {
        try {
            return Files.list(ROOT.resolve(folder)).sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What becomes of a valid fixture: the file of the same name in the folder {@code expected} beside its own. */
    public static JsonNode expected(Path fixture) {
        try {
            return Bundle.JSON.readTree(fixture.resolveSibling(
                            Path.of("..", "expected", fixture.getFileName().toString()))
                    .normalize()
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A failed task of about 2.5 kB with an id of its own. */
    public static byte[] failedTask(UUID id) {
        return task("coverage-discovery/valid/02-failure-serial.json", id.toString());
    }

    /** The task of the file under another id. */
    public static byte[] task(String file, String id) {
        try {
            ObjectNode task = (ObjectNode) Bundle.JSON.readTree(bytes(file));
            task.put("id", id);
            return Bundle.JSON.writeValueAsBytes(task);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
