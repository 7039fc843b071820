package routes.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Karaf container, and what docs/karaf.md says is done with it: by files, and by the commands of its shell. */
public final class Karaf {

    private static final Path BUILT = Path.of("target").toAbsolutePath();
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Pattern VERSION = Pattern.compile("webhook-routes-(.*)-karaf\\.jar");
    private static final Pattern CLASS_LOADERS = Pattern.compile("(?m)^ *\\d+: +(\\d+) .* karaf\\.AppClassLoader$");

    private final int shell = Bundle.freePort();
    private final Path home;

    /** @param home an empty folder, where it is unpacked */
    public Karaf(Path home) throws Exception {
        this.home = home;
        Shell.run(home, "tar xzf '" + BUILT.resolve("karaf/apache-karaf-minimal.tar.gz") + "' --strip-components=1");
        replace("etc/org.apache.karaf.shell.cfg", "sshPort = 8101", "sshPort = " + shell);
        replace("etc/users.properties", "#karaf = ", "karaf = ");
        replace("etc/users.properties", "#_g_", "_g_");
    }

    private void replace(String file, String text, String by) throws IOException {
        String before = Files.readString(home.resolve(file));
        if (!before.contains(text)) {
            throw new IllegalStateException(file + " has no " + text);
        }
        write(file, before.replace(text, by));
    }

    public void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    /** The settings of the routes; those that are secret as files of their own. */
    public void configure(Properties settings, List<String> secret) throws IOException {
        Properties open = new Properties();
        open.putAll(settings);
        for (String key : secret) {
            write("etc/webhook-routes/secrets/" + key, open.remove(key).toString());
        }
        try (OutputStream out = Files.newOutputStream(home.resolve("etc/webhook-routes.properties"))) {
            open.store(out, null);
        }
    }

    /** Sets the log up, and then a bit more. */
    public void logs(String more) throws Exception {
        String file = "etc/org.ops4j.pax.logging.cfg";
        Shell.run(home, "unzip -p '" + bundle() + "' logging.cfg >> " + file);
        write(file, Files.readString(home.resolve(file)) + more);
    }

    private static Path bundle() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file ->
                            VERSION.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no bundle; is it made with -Pkaraf?"));
        }
    }

    public void dropIn() throws IOException {
        Files.copy(bundle(), home.resolve("deploy/webhook-routes.jar"));
    }

    public void takeOut() throws IOException {
        Files.delete(home.resolve("deploy/webhook-routes.jar"));
    }

    /** From the container's own Maven repository. */
    public void installFeature() throws Exception {
        String name = bundle().getFileName().toString();
        String version = VERSION.matcher(name).replaceFirst("$1");
        Path repository = home.resolve("system/io/webhookroutes/webhook-routes").resolve(version);
        Files.createDirectories(repository);
        Files.copy(bundle(), repository.resolve(name));
        Files.copy(
                BUILT.resolve("karaf/features.xml"), repository.resolve("webhook-routes-" + version + "-features.xml"));
        shell("feature:repo-add mvn:io.webhookroutes/webhook-routes/" + version + "/xml/features");
        shell("feature:install webhook-routes");
    }

    /** Starts the container, and waits until the routes receive at that port. */
    public BundleProcess start(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "daemon");
        builder.environment().put("JAVA_HOME", JAVA_HOME);
        builder.environment().put("EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"); // for a faster start
        return BundleProcess.start(builder, home.resolve("console.log"), port, START);
    }

    /** Tells it to stop, and does not wait. */
    public void stop() throws Exception {
        Shell.run(home, "JAVA_HOME='" + JAVA_HOME + "' bin/stop");
    }

    /** Has the container's shell do something. */
    public void shell(String command) throws Exception {
        Shell.run(
                home,
                "echo '" + command + "' | JAVA_HOME='" + JAVA_HOME + "' bin/client -a " + shell
                        + " -u karaf -p karaf -b");
    }

    /** How many starts of the routes there is anything left of in the memory of the container. */
    public int classLoaders(BundleProcess container) throws Exception {
        String classes = Shell.run(home, "'" + JAVA_HOME + "/bin/jcmd' " + container.pid() + " GC.class_histogram");
        return CLASS_LOADERS
                .matcher(classes)
                .results()
                .mapToInt(row -> Integer.parseInt(row.group(1)))
                .sum();
    }

    /** All of a log, also what has been rolled over. */
    public String log(String name) throws IOException {
        StringBuilder log = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("data/log"), name + "*")) {
            for (Path file : files) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }
}
