package routes.support;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a bundle is started as a process of its own.
 *
 * @param before what stands before the command, such as {@code nice}
 * @param options of the JVM
 * @param main the class that is started
 * @param withTests whether the process sees the classes of the tests too
 */
public record Jvm(List<String> before, List<String> options, String main, boolean withTests) {

    /** As in production, but for a faster start. */
    public static final Jvm QUICK = of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** As in production. */
    public static Jvm of(String... options) {
        return new Jvm(List.of(), List.of(options), "org.apache.camel.main.Main", false);
    }

    /** Started by a class of the tests instead, which in the end starts Camel's own. */
    public Jvm main(Class<?> type) {
        return new Jvm(before, options, type.getName(), true);
    }

    public Jvm before(String... words) {
        return new Jvm(List.of(words), options, main, withTests);
    }

    public Jvm with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Jvm(before, all, main, withTests);
    }

    /** The whole command. */
    List<String> command(String... more) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(more));
        if (withTests) {
            // of the tests it wants the one class, not their log settings and not their routes
            command.add("-Dlog4j2.configurationFile=classpath:log4j2.properties");
            command.add("-Dcamel.main.javaRoutesExcludePattern=**/*Test*,**/*IT*");
        }
        command.addAll(List.of("-cp", classPath(), main));
        return command;
    }

    /** That of the tests; without the tests themselves, which bring routes and log settings of their own. */
    private String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> withTests || !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
