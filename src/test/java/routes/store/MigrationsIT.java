package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

/** What versions do with tables of other versions: docs/upgrade.md. */
class MigrationsIT {

    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    @TempDir
    Path folder;

    /** The site's own numbers are above all of ours: so what a later version has added is missing in between, and not at the end. */
    @Test
    void anOlderVersionStartsOnTablesOfANewerOne() throws Exception {
        Properties database = TestDatabase.H2.create();
        start(
                database,
                copyWith("newer", "business/V1000__site.sql", "business/V900__later.sql", "inbox/V900__later.sql"));
        start(database, copyWith("older", "business/V1000__site.sql"));
    }

    private static void start(Properties database, Path migrations) throws Exception {
        try (Bundle bundle = Bundle.start(database, Map.of("webhook.migrations", "filesystem:" + migrations))) {
            assertEquals(
                    204,
                    bundle.post(bundle.token("optum"), Fixtures.failedTask(UUID.randomUUID()))
                            .statusCode());
        }
    }

    /** Our migrations, and more of them, each of which makes a table. */
    private Path copyWith(String name, String... more) throws IOException {
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(MIGRATIONS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(MIGRATIONS.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        for (String file : more) {
            Files.writeString(
                    copy.resolve(file), "create table %s (id integer);".formatted(file.replaceAll("\\W+", "_")));
        }
        return copy;
    }
}
