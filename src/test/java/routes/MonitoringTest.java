package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.MetricsDoc;
import routes.support.MetricsDoc.Family;

/** deploy/prometheus and deploy/grafana: what they ask for is there, and where Prometheus' own promtool is, it takes them. */
class MonitoringTest {

    private static final Path PROMETHEUS = Path.of("deploy/prometheus");
    private static final Pattern METRIC =
            Pattern.compile("\\b(webhook_\\w+|hikaricp_\\w+|jvm_\\w+|process_\\w+|camel_\\w+)(\\{[^}]*})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(=~|!=|=)");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

    /** Of libraries, as far as it is used here. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "hikaricp_connections_active", Set.of("pool"),
            "hikaricp_connections_pending", Set.of("pool"),
            "jvm_memory_used_bytes", Set.of("area", "id"),
            "jvm_memory_max_bytes", Set.of("area", "id"),
            "process_cpu_usage", Set.of(),
            "camel_route_policy_seconds_sum", Set.of("routeId"),
            "camel_route_policy_seconds_count", Set.of("routeId"));

    private static List<JsonNode> rules() throws Exception {
        JsonNode file =
                new YAMLMapper().readTree(PROMETHEUS.resolve("alerts.yaml").toFile());
        return list(file.get("groups")).stream()
                .flatMap(group -> list(group.get("rules")).stream())
                .toList();
    }

    private static JsonNode board() throws Exception {
        return Bundle.JSON.readTree(
                Path.of("deploy/grafana/webhook-routes.json").toFile());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static List<String> expressions() throws Exception {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.get("expr").asText()));
        expressions.addAll(boardExpressions());
        return expressions;
    }

    private static List<String> boardExpressions() throws Exception {
        return list(board().get("panels")).stream()
                .filter(panel -> panel.has("targets"))
                .flatMap(panel -> list(panel.get("targets")).stream())
                .map(target -> target.get("expr").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whatAnExpressionAsksForIsThere(String expression) throws Exception {
        assertEquals(List.of(), unknown(expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(webhook_event_total[5m]))",
                "webhook_events_total{senders=\"x\"}",
                "sum by (kind) (webhook_events_total)",
                "webhook_commit_bucket",
                "jvm_memory_bytes"
            })
    void whatIsNotThereIsFound(String expression) throws Exception {
        assertFalse(unknown(expression).isEmpty());
    }

    /** Metrics and labels that nobody tells of. */
    private static List<String> unknown(String expression) throws Exception {
        List<String> unknown = new ArrayList<>();
        Set<String> labels = new HashSet<>(Set.of("instance", "le"));
        for (MatchResult metric : METRIC.matcher(expression).results().toList()) {
            Set<String> known = labels(metric.group(1));
            if (known == null) {
                unknown.add(metric.group(1));
                continue;
            }
            labels.addAll(known);
            String selector = metric.group(2) == null ? "" : metric.group(2);
            for (MatchResult matcher : MATCHER.matcher(selector.replaceAll("\"[^\"]*\"", ""))
                    .results()
                    .toList()) {
                if (!known.contains(matcher.group(1)) && !matcher.group(1).equals("instance")) {
                    unknown.add(metric.group());
                }
            }
        }
        for (MatchResult by : BY.matcher(expression).results().toList()) {
            Arrays.stream(by.group(1).split(" *, *"))
                    .filter(label -> !labels.contains(label))
                    .forEach(unknown::add);
        }
        return unknown;
    }

    private static Set<String> labels(String name) throws Exception {
        Family family = MetricsDoc.documented().get(name);
        Family histogram = MetricsDoc.documented().get(name.replaceFirst("_(bucket|sum|count)$", ""));
        if (family == null && histogram != null && histogram.type().equals("histogram")) {
            family = histogram;
        }
        return family == null || family.type().equals("histogram") && name.endsWith("seconds")
                ? OTHERS.get(name)
                : family.labels();
    }

    @Test
    void everyAlertSaysWhatItIsAbout() throws Exception {
        Set<String> names = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String name = rule.get("alert").asText();
            assertTrue(names.add(name), name);
            assertTrue(
                    Set.of("warning", "critical")
                            .contains(rule.at("/labels/severity").asText()),
                    name);
            assertFalse(rule.at("/annotations/summary").asText().isBlank(), name);
            assertFalse(rule.at("/annotations/description").asText().isBlank(), name);
        }
        String tests = Files.readString(PROMETHEUS.resolve("alerts_test.yaml"));
        assertEquals(
                Set.of(),
                names.stream().filter(name -> !tests.contains(name)).collect(Collectors.toSet()),
                "without a test");
        String document = Files.readString(Path.of("docs/metrics.md"));
        assertEquals(
                Set.of(),
                names.stream()
                        .filter(name -> !document.contains('`' + name + '`'))
                        .collect(Collectors.toSet()),
                "not documented");
    }

    /** As Grafana wants it: panels have ids of their own and lie beside one another, and their data comes from what is chosen above them. */
    @Test
    void theBoardIsSound() throws Exception {
        JsonNode board = board();
        assertEquals("webhook-routes", board.get("uid").asText());
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : list(board.get("panels"))) {
            String title = panel.get("title").asText();
            assertTrue(ids.add(panel.get("id").asInt()), title);
            JsonNode place = panel.get("gridPos");
            assertTrue(place.get("x").asInt() + place.get("w").asInt() <= 24, title);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String cell = (x + place.get("x").asInt()) + " "
                            + (y + place.get("y").asInt());
                    assertTrue(cells.add(cell), () -> title + " is on another one at " + cell);
                }
            }
            if (!panel.get("type").asText().equals("row")) {
                assertFalse(panel.get("description").asText().isBlank(), title);
                assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
                assertFalse(panel.get("targets").isEmpty(), title);
            }
        }
    }

    @Test
    void promtoolTakesTheAlertsAndTheirTests() throws Exception {
        promtool("check", "rules", PROMETHEUS.resolve("alerts.yaml").toString());
        promtool("test", "rules", PROMETHEUS.resolve("alerts_test.yaml").toString());
    }

    /** As rules, which is how promtool looks at expressions. */
    @Test
    void promtoolTakesTheExpressionsOfTheBoard(@TempDir Path folder) throws Exception {
        Path rules = folder.resolve("board.yaml");
        List<Map<String, String>> records = boardExpressions().stream()
                .map(expression -> expression.replaceAll("\\$__(rate_)?interval", "5m"))
                .map(expression -> Map.of("record", "board", "expr", expression))
                .toList();
        new YAMLMapper()
                .writeValue(rules.toFile(), Map.of("groups", List.of(Map.of("name", "board", "rules", records))));
        promtool("check", "rules", "--lint=none", rules.toString());
    }

    private static void promtool(String... arguments) throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(there, "promtool is not on the PATH: it comes with Prometheus");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
    }
}
