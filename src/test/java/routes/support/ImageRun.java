package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The bundle as an image starts it, as a process. */
public final class ImageRun {

    private static final Duration START = Duration.ofMinutes(2);

    private ImageRun() {}

    /** Without a container: the image's files and command, where they have been unpacked to; the site's files are among them. */
    public static BundleProcess unpacked(Image image, Site site) throws Exception {
        Path home = image.root().resolve("app").toAbsolutePath();
        Path arguments = image.root().resolveSibling("class-path").toAbsolutePath();
        Files.writeString(
                arguments, Files.readString(home.resolve("jib-classpath-file")).replace("/app/", home + "/"));

        List<String> command = new ArrayList<>(List.of("env"));
        image.texts("Env").forEach(variable -> command.add(variable.replace("/app/", home + "/")));
        command.addAll(variables(site));
        command.add("JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1"); // for a faster start
        image.texts("Entrypoint").forEach(word -> command.add(word.startsWith("@") ? "@" + arguments : word));
        command.set(
                command.indexOf("java"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path log = image.root().resolveSibling("unpacked.log");
        return BundleProcess.start(new ProcessBuilder(command).directory(home.toFile()), log, site.port(), START);
    }

    /** Which of podman and docker runs containers here; null: none does. */
    public static String engine() throws InterruptedException {
        for (String engine : List.of("podman", "docker")) {
            try {
                Process info = new ProcessBuilder(engine, "info")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (info.waitFor(1, TimeUnit.MINUTES) && info.exitValue() == 0) {
                    return engine;
                }
            } catch (IOException absent) {
                // the next one, then
            }
        }
        return null;
    }

    /** In a container that may do what the manifests allow, and no more; on the network of this machine. */
    public static BundleProcess contained(String engine, Path tar, Site site) throws Exception {
        String loaded = Shell.run(Path.of(""), engine + " load -q -i " + tar).strip();
        List<String> command =
                new ArrayList<>(List.of(engine, "run", "--rm", "--network=host", "--memory=" + site.memory() + "b"));
        command.addAll(List.of("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"));
        site.mounts().forEach((path, folder) -> command.add("--volume=" + folder + ":" + path + ":ro,z"));
        variables(site).forEach(variable -> command.add("--env=" + variable));
        command.add(loaded.substring(loaded.lastIndexOf(": ") + 2));
        return BundleProcess.start(
                new ProcessBuilder(command), tar.resolveSibling("container.log"), site.port(), START);
    }

    private static List<String> variables(Site site) {
        return site.environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
