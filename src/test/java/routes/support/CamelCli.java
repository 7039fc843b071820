package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;

/** The real {@code camel} CLI as a process, in a copy of the project's sources. */
public final class CamelCli {

    private static final Path FOLDER = Path.of("target", "camel-run").toAbsolutePath();
    private static final Path SOURCES = Path.of("src", "test", "camel-cli").toAbsolutePath();
    /** The CLI reads its catalog for each source file: a busy machine takes its time. */
    private static final Duration START = Duration.ofMinutes(3);

    private static String classPath;

    private CamelCli() {}

    /** A fresh copy of the project. */
    public static Path copyOfTheProject(String name) throws IOException {
        return ProjectCopy.to(FOLDER.resolve(name));
    }

    /** {@code camel run} with these arguments and free ports, in that folder; waits until it receives. */
    public static BundleProcess run(Path folder, String... arguments) throws Exception {
        int port = Bundle.freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC", // this and the next only for a faster start
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                SOURCES.resolve("Camel.java").toString(),
                "run"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--logging-color=false", "--prop=http.port=" + port, "--prop=management.port=" + Bundle.freePort()));
        ProjectCopy.localRepository().ifPresent(property -> command.add(1, property));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        return BundleProcess.start(builder, FOLDER.resolve(folder.getFileName() + ".log"), port, START);
    }

    /** Resolved by the Maven that runs the tests, once. */
    private static synchronized String classPath() throws Exception {
        if (classPath == null) {
            Path file = FOLDER.resolve("class-path");
            Path log = FOLDER.resolve("class-path.log");
            Files.createDirectories(FOLDER);
            List<String> command = ProjectCopy.maven(
                    "-B",
                    "-f",
                    SOURCES.resolve("pom.xml").toString(),
                    "dependency:build-classpath",
                    "-Dcamel.version=" + new DefaultCamelContext().getVersion(),
                    "-Dmdep.outputFile=" + file);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the camel CLI was not resolved, see " + log);
            }
            classPath = Files.readString(file).strip();
        }
        return classPath;
    }
}
