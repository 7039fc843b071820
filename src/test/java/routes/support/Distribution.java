package routes.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The archive that this build has made, installed as docs/distribution.md says: a link to the version, what is the site's elsewhere. */
public final class Distribution {

    private static final Duration START = Duration.ofMinutes(1);
    private static final Pattern SECRET = Pattern.compile(".*(password|secrets?|keys)");

    private final Path folder;

    /** Unpacks it there, by {@code tar}; what was there goes. */
    public Distribution(Path folder) throws Exception {
        this.folder = folder.toAbsolutePath();
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        Files.createDirectories(folder);
        Shell.run(folder, "tar xzf '" + archive().toAbsolutePath() + "' && ln -sfn webhook-routes-* current");
        if (!Files.isExecutable(script())) {
            throw new AssertionError("not unpacked: " + archive());
        }
    }

    /** What {@code mvn package} has left. */
    public static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().matches("webhook-routes-.*\\.tar\\.gz"))
                    .toList();
            if (archives.size() != 1) {
                throw new AssertionError("mvn clean package makes one archive, here are " + archives);
            }
            return archives.get(0);
        }
    }

    /** Where the version in force is: a link. */
    public Path current() {
        return folder.resolve("current");
    }

    public Path script() {
        return current().resolve("bin").resolve("webhook-routes");
    }

    /** Where an instance of that name has what is the site's: its settings, its secrets, and what it is dropped in. */
    public Path site(String name) {
        return folder.resolve(name);
    }

    /**
     * Starts an instance and waits until it receives.
     *
     * @param name of the instance; its settings are in a folder of that name, and its log beside it
     * @param settings as {@link Bundle#settings} gives them; those that are secret become files
     */
    public BundleProcess start(String name, Properties settings) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script().toString()).directory(folder.toFile());
        builder.environment()
                .put("WEBHOOK_ROUTES_CONF", configure(name, settings).toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", String.join(" ", Jvm.QUICK.options()));
        int port = Integer.parseInt(settings.getProperty("http.port"));
        return BundleProcess.start(builder, folder.resolve(name + ".log"), port, START);
    }

    private Path configure(String name, Properties settings) throws IOException {
        Path site = site(name);
        Files.createDirectories(site.resolve("secrets"));
        Properties plain = new Properties();
        for (String key : settings.stringPropertyNames()) {
            if (SECRET.matcher(key).matches()) {
                Files.writeString(site.resolve("secrets").resolve(key), settings.getProperty(key));
            } else {
                plain.setProperty(key, settings.getProperty(key));
            }
        }
        try (OutputStream out = Files.newOutputStream(site.resolve("webhook-routes.properties"))) {
            plain.store(out, null);
        }
        return site;
    }
}
