package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/tables.md has every table and every column that the migrations make. */
class TablesDocTest {

    private static final Pattern TABLE = Pattern.compile("create table (\\w+) \\((.*?)\\n\\);", Pattern.DOTALL);
    private static final Pattern ADDED = Pattern.compile("alter table (\\w+) add column (\\w+) ");
    private static final Pattern COLUMN = Pattern.compile("(?m)^    (?!primary key|unique)(\\w+) ");
    private static final Pattern SECTION = Pattern.compile("(?m)^### ([\\w, ]+):.*\\n((?:(?!##).*\\n)*)");

    @Test
    void everyColumnIsThere() throws Exception {
        Map<String, String> documented = documented();
        Map<String, Set<String>> tables = tables();
        assertTrue(tables.size() > 10);
        Set<String> missing = new TreeSet<>();
        tables.forEach((table, columns) -> columns.stream()
                .filter(column -> !documented.getOrDefault(table, "").matches("(?s).*\\b" + column + "\\b.*"))
                .forEach(column -> missing.add(table + "." + column)));
        assertEquals(Set.of(), missing);
        assertEquals(tables.keySet(), documented.keySet());
    }

    private static Map<String, Set<String>> tables() throws Exception {
        Map<String, Set<String>> tables = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db/migration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String sql = Files.readString(file);
                for (MatchResult table : all(TABLE, sql)) {
                    for (MatchResult column : all(COLUMN, table.group(2))) {
                        tables.computeIfAbsent(table.group(1), none -> new TreeSet<>())
                                .add(column.group(1));
                    }
                }
                for (MatchResult column : all(ADDED, sql)) {
                    tables.computeIfAbsent(column.group(1), none -> new TreeSet<>())
                            .add(column.group(2));
                }
            }
        }
        return tables;
    }

    private static Map<String, String> documented() throws Exception {
        Map<String, String> documented = new HashMap<>();
        for (MatchResult section : all(SECTION, Files.readString(Path.of("docs/tables.md")))) {
            for (String table : section.group(1).split(", ")) {
                documented.put(table, section.group(2));
            }
        }
        return documented;
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }
}
