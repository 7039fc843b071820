package routes.support;

import java.nio.file.Path;
import java.time.Duration;

/** The command of the README, {@code mvn -q -Drun}, as a process. */
public final class MavenRun {

    private static final Duration START = Duration.ofMinutes(3);

    private MavenRun() {}

    /** Compiles and starts what is in the folder, on free ports; waits until it receives. */
    public static BundleProcess start(Path folder, int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ProjectCopy.maven(
                        "-q", "-B", "-Drun", "-Dhttp.port=" + port, "-Dmanagement.port=" + Bundle.freePort()))
                .directory(folder.toFile());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"); // for a faster start
        return BundleProcess.start(builder, folder.resolveSibling(folder.getFileName() + ".log"), port, START);
    }
}
