package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Metrics as Prometheus reads them, and as docs/metrics.md lists them. */
public final class MetricsDoc {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(\\{.*?})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(.*?)\"");

    /** A line of one of the tables: | `name` | type | `label`, `label` | what it tells | */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(webhook_\\w+)` \\| (\\w+) \\| (.*?) \\| .+ \\|$");

    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private MetricsDoc() {}

    /** @param labels their names, without le, which each histogram has */
    public record Family(String type, Set<String> labels) {}

    /** The value of each series of a scrape. */
    public static Map<String, Double> series(String scrape) {
        Map<String, Double> series = new HashMap<>();
        SERIES.matcher(scrape)
                .results()
                .forEach(line -> series.put(
                        line.group(1) + (line.group(2) == null ? "" : line.group(2)), Double.valueOf(line.group(3))));
        return series;
    }

    /** The families of a scrape; of timers and summaries without the greatest value of late, which is a family of its own. */
    public static Map<String, Family> families(String scrape) {
        Map<String, Family> families = new TreeMap<>();
        for (MatchResult type : TYPE.matcher(scrape).results().toList()) {
            if (!type.group(1).endsWith("_max")) {
                families.put(type.group(1), new Family(type.group(2), new TreeSet<>()));
            }
        }
        for (MatchResult line : SERIES.matcher(scrape).results().toList()) {
            Family family = families.get(line.group(1).replaceFirst("_(bucket|sum|count)$", ""));
            Family exact = families.getOrDefault(line.group(1), family);
            if (exact != null && line.group(2) != null) {
                LABEL.matcher(line.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !label.equals("le"))
                        .forEach(exact.labels()::add);
            }
        }
        return families;
    }

    /** All values that a label has in the series of a name. */
    public static Set<String> values(String scrape, String name, String label) {
        Set<String> values = new TreeSet<>();
        for (MatchResult line : SERIES.matcher(scrape).results().toList()) {
            if (line.group(1).equals(name) && line.group(2) != null) {
                LABEL.matcher(line.group(2))
                        .results()
                        .filter(found -> found.group(1).equals(label))
                        .forEach(found -> values.add(found.group(2)));
            }
        }
        return values;
    }

    /** The families that docs/metrics.md lists. */
    public static Map<String, Family> documented() throws IOException {
        Map<String, Family> families = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("docs/metrics.md")))
                .results()
                .toList()) {
            Set<String> labels = new TreeSet<>();
            CODE.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
            families.put(row.group(1), new Family(row.group(2), labels));
        }
        return families;
    }
}
