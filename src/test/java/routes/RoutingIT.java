package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/**
 * Every sender, type and state through the real HTTP port, and what became of each as docs/routing.md: written with {@code -Prouting},
 * and compared otherwise.
 */
class RoutingIT {

    private static final Path PAGE = Path.of("docs/routing.md");
    private static final Path MATRIX = Path.of("src/test/resources/routing-matrix.json");
    private static final Map<String, String> CALLBACKS =
            Map.of("callback/p1/1", "1 WorkflowStateChange", "callback/p1/2", "2 Notes", "callback/p1/3", "3 Document");

    private static final List<String> TYPES = List.of("/type", "/event_type");

    private static final String HEAD = """
            # Routing

            What becomes of every event type and state, as it came out of the bundle: `RoutingIT` posts each as its sender does, with Kafka on
            and a partner for every notification type, and fails when this page says something else. `mvn verify -Prouting` writes it anew.
            The routers themselves are the route files of the senders in [src/main/java/routes](../src/main/java/routes). What a sender marks as a test
            goes to the same tables and to nobody else.
            """;

    /** What becomes of a notification. */
    private record Outcome(int answer, String state, String tables, String topics, String callbacks) {}

    @Test
    void thePageSaysWhatHappens() throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.putAll(SignedPost.settings());
        settings.put("kafka.brokers", "localhost:1");
        StringBuilder page = new StringBuilder(HEAD);
        try (Bundle bundle = Bundle.start(TestDatabase.H2.create(), settings)) {
            JsonNode matrix = Bundle.JSON.readTree(MATRIX.toFile());
            List<String> senders =
                    matrix.propertyStream().map(Map.Entry::getKey).toList();
            assertEquals(
                    Fixtures.in("")
                            .map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toSet()),
                    Set.copyOf(senders));
            Registry registry = new Registry(bundle.uri("/"));
            registry.grantAll("p1", senders);
            for (int type = 1; type <= 3; type++) {
                registry.register("p1", type, "http://127.0.0.1:1/");
            }
            for (Map.Entry<String, JsonNode> sender : matrix.properties()) {
                section(page, bundle, sender.getKey(), sender.getValue());
            }
        }
        if (Boolean.getBoolean("routing.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString(), "mvn verify -Prouting writes it anew");
    }

    private static void section(StringBuilder page, Bundle bundle, String sender, JsonNode types) throws Exception {
        page.append("\n## ").append(sender).append("\n\n");
        page.append("| type | state | answer | event | tables | Kafka | partners are told |\n");
        page.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (JsonNode type : types) {
            for (JsonNode group : type.get("states")) {
                Map<Outcome, List<Map<String, String>>> states = new LinkedHashMap<>();
                for (Map<String, String> state : combinations(group)) {
                    states.computeIfAbsent(outcome(bundle, sender, type, state), none -> new ArrayList<>())
                            .add(state);
                }
                states.forEach((outcome, same) -> page.append("| `%s` | %s | %d | %s | %s | %s | %s |\n"
                        .formatted(
                                type.get("type").asText(),
                                label(same),
                                outcome.answer,
                                outcome.state,
                                outcome.tables,
                                outcome.topics,
                                outcome.callbacks)));
            }
        }
    }

    /** What the sample is changed in, values by their pointers: every value of each pointer with every one of the others. */
    private static List<Map<String, String>> combinations(JsonNode group) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, JsonNode> axis : group.properties()) {
            combinations = combinations.stream()
                    .flatMap(combination -> axis.getValue().valueStream().map(value -> {
                        Map<String, String> more = new LinkedHashMap<>(combination);
                        more.put(axis.getKey(), value.asText());
                        return more;
                    }))
                    .toList();
        }
        return combinations;
    }

    /** The values of each pointer; what is the type itself is said already. */
    private static String label(List<Map<String, String>> states) {
        return states.get(0).keySet().stream()
                .filter(pointer -> !TYPES.contains(pointer))
                .map(pointer -> states.stream()
                        .map(state -> "`" + state.get(pointer) + "`")
                        .distinct()
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" and "));
    }

    private static Outcome outcome(Bundle bundle, String sender, JsonNode type, Map<String, String> state)
            throws Exception {
        Path sample = Path.of("samples", sender, type.get("sample").asText());
        ObjectNode json = (ObjectNode) Bundle.JSON.readTree(sample.toFile());
        json.put("marker", UUID.randomUUID().toString()); // no two are the same notification
        type.get("ids").forEach(id -> set(json, id.asText(), UUID.randomUUID().toString()));
        state.forEach((pointer, value) -> set(json, pointer, value));
        byte[] body = Bundle.JSON.writeValueAsBytes(json);
        HttpResponse<String> response = SignedPost.send(
                bundle, Path.of(sender, "matrix", type.get("type").asText() + ".json"), body);
        Map<String, Object> event = bundle.rows(
                        "select event_id, state, type from event where body_hash = ?", (Object) Bundle.hash(body))
                .get(0);
        assertEquals(type.get("type").asText(), event.get("type"));
        List<String> destinations = bundle.destinations(event);
        return new Outcome(
                response.statusCode(),
                event.get("state").toString(),
                named(destinations, "jdbc/"),
                named(destinations, "kafka/"),
                destinations.stream()
                        .filter(CALLBACKS::containsKey)
                        .map(CALLBACKS::get)
                        .collect(Collectors.joining(", ")));
    }

    private static void set(ObjectNode json, String path, String value) {
        JsonPointer pointer = JsonPointer.compile(path);
        JsonNode parent = json.at(pointer.head());
        assertTrue(parent.isObject(), () -> "the sample has no " + path);
        ((ObjectNode) parent).put(pointer.last().getMatchingProperty(), value);
    }

    private static String named(List<String> destinations, String kind) {
        return destinations.stream()
                .filter(destination -> destination.startsWith(kind))
                .map(destination -> "`" + destination.substring(kind.length()) + "`")
                .collect(Collectors.joining(", "));
    }
}
