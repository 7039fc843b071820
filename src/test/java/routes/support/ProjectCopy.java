package routes.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy of the project's sources, to be edited and run. */
public final class ProjectCopy {

    private ProjectCopy() {}

    /**
     * A fresh copy of what a run reads: the files at the top, {@code src/main} and {@code samples}.
     *
     * @param more folders that are wanted too
     */
    public static Path to(Path folder, String... more) throws IOException {
        delete(folder);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""))) {
            top.forEach(files::add);
        }
        for (String name :
                Stream.concat(Stream.of("src/main", "samples"), Stream.of(more)).toList()) {
            try (Stream<Path> tree = Files.walk(Path.of(name))) {
                tree.forEach(files::add);
            }
        }
        for (Path file : files.stream().filter(Files::isRegularFile).toList()) {
            Path target = folder.resolve(file.toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
            target.toFile().setExecutable(Files.isExecutable(file));
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    /** The command of the Maven that runs the tests, with the place where it finds what is resolved already. */
    public static List<String> maven(String... arguments) {
        String home = System.getProperty("maven.home");
        String maven = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
        List<String> command = new ArrayList<>();
        command.add(home == null ? maven : Path.of(home, "bin", maven).toString());
        command.addAll(List.of(arguments));
        localRepository().ifPresent(command::add);
        return command;
    }

    /** Where this Maven keeps what it has resolved. */
    static Optional<String> localRepository() {
        return Optional.ofNullable(System.getProperty("maven.repo.local"))
                .map(folder -> "-Dmaven.repo.local=" + folder);
    }
}
