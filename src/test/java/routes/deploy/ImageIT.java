package routes.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.BundleProcess;
import routes.support.Image;
import routes.support.ImageRun;
import routes.support.Site;
import routes.support.TestDatabase;

/** What is in the image that the build makes; and that the bundle starts from it, with what an organisation gives to it. */
class ImageIT {

    private static final Path FOLDER = Path.of("target", "image");

    private static Image image;

    @BeforeAll
    static void unpack() throws Exception {
        image = Image.unpack(Path.of(System.getProperty("image.tar")), FOLDER);
    }

    @Test
    void itSaysHowItIsRun() {
        assertEquals("10001:0", image.config().at("/config/User").asText());
        assertEquals("/app", image.config().at("/config/WorkingDir").asText());
        Set<String> ports = new TreeSet<>();
        image.config().at("/config/ExposedPorts").fieldNames().forEachRemaining(ports::add);
        assertEquals(Set.of("8080/tcp", "9876/tcp"), ports);
        assertEquals(
                "Webhook Routes",
                image.config()
                        .at("/config/Labels/org.opencontainers.image.title")
                        .asText());
        List<String> command = image.texts("Entrypoint");
        assertEquals("java", command.get(0));
        assertTrue(command.contains("-XX:+ExitOnOutOfMemoryError"));
    }

    /** So that the same sources make the same image, whoever builds it and when. */
    @Test
    void nothingInItTellsWhenItWasMade() {
        assertEquals(Instant.EPOCH, Instant.parse(image.config().get("created").asText()));
        assertEquals(
                Set.of(Instant.EPOCH.plusSeconds(1)),
                image.entries().stream()
                        .map(entry -> entry.getLastModifiedTime().toInstant())
                        .collect(Collectors.toSet()));
    }

    @Test
    void nobodyMayChangeItsFiles() {
        assertEquals(
                List.of(),
                image.entries().stream()
                        .filter(entry -> entry.getLongUserId() != 0
                                || entry.getLongGroupId() != 0
                                || (entry.getMode() & 0022) != 0)
                        .map(TarArchiveEntry::getName)
                        .toList());
    }

    @Test
    void itsClassPathIsWhatIsInItAndNoTestIs() throws Exception {
        List<String> classPath = List.of(
                Files.readString(image.root().resolve("app/jib-classpath-file")).split(":"));
        assertEquals("/app/conf", classPath.get(0), "for a log4j2.properties before the one in the jar");
        assertEquals("/app/classpath/*", classPath.get(1));
        assertEquals(1, jars("app/classpath/").size());
        Set<String> libraries = jars("app/libs/");
        assertEquals(
                libraries,
                classPath.stream().skip(2).map(jar -> jar.substring(1)).collect(Collectors.toSet()));
        assertTrue(libraries.stream().anyMatch(jar -> jar.contains("/postgresql-")));
        assertTrue(libraries.stream().noneMatch(jar -> jar.contains("junit")));
    }

    private static Set<String> jars(String folder) {
        return image.entries().stream()
                .map(TarArchiveEntry::getName)
                .filter(name -> name.startsWith(folder) && name.endsWith(".jar"))
                .collect(Collectors.toSet());
    }

    @Test
    void theBundleStartsFromIt() throws Exception {
        Site site = Site.create(image.root(), TestDatabase.POSTGRESQL.create());
        try (BundleProcess bundle = ImageRun.unpacked(image, site)) {
            TryOut.deliver(bundle);
            TryOut.stop(bundle);
        }
    }
}
