package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.OpenApi;
import routes.support.OpenApi.Operation;

/** openapi.yaml by itself: it is OpenAPI 3.1, as the specification's own schema says, and keeps the rules of the house. */
class OpenApiTest {

    private static final Path SPECIFICATION = Path.of("src/test/resources/openapi/schema-3.1.json");
    private static final OpenApi DOCUMENT = OpenApi.read();

    /** Everything in the document, by its JSON pointer. */
    private static final Map<String, JsonNode> NODES = new TreeMap<>();

    static {
        walk("", DOCUMENT.json(), NODES::put);
    }

    private static void walk(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(pointer, node);
        node.properties()
                .forEach(field -> walk(
                        pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                        field.getValue(),
                        visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(pointer + "/" + i, node.get(i), visitor);
        }
    }

    @Test
    void isOpenApi() throws Exception {
        assertEquals(
                Set.of(),
                JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(Files.readString(SPECIFICATION))
                        .validate(DOCUMENT.json()));
    }

    /** Which the schema above leaves open. */
    @Test
    void everySchemaIsJsonSchema() {
        var schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012));
        assertRule((pointer, node) -> pointer.matches(".*/schema|/components/schemas/\\w+")
                ? schemas.validate(node).stream().map(Object::toString).toList()
                : List.of());
    }

    static Stream<Arguments> rulesForOperations() {
        return Stream.of(
                rule(
                        "has a summary",
                        operation -> !operation.node().path("summary").asText().isBlank()),
                rule(
                        "has a tag that is declared",
                        operation -> operation.node().path("tags").size() == 1
                                && values("/tags", "name")
                                        .contains(operation.node().at("/tags/0").asText())),
                rule("says who may", operation -> operation.node().has("security")),
                rule("says what it answers to what is wrong", operation -> operation.statuses().stream()
                        .anyMatch(status -> status.startsWith("4"))),
                rule("declares the parameters of its path", operation -> operation
                        .path()
                        .replaceAll("\\{\\w+}", "{}")
                        .equals(operation.parameters("path").stream()
                                .filter(parameter -> parameter.path("required").asBoolean())
                                .map(parameter -> "{" + parameter.get("name").asText() + "}")
                                .reduce(operation.path(), (path, name) -> path.replace(name, "{}")))));
    }

    private static Arguments rule(String name, Predicate<Operation> rule) {
        return Arguments.of(Named.of(name, rule));
    }

    @ParameterizedTest
    @MethodSource("rulesForOperations")
    void everyOperation(Predicate<Operation> rule) {
        assertEquals(
                List.of(), DOCUMENT.operations().stream().filter(rule.negate()).toList());
    }

    @Test
    void noTwoOperationsHaveOneId() {
        List<String> ids = DOCUMENT.operations().stream().map(Operation::id).toList();
        assertEquals(ids.size(), new TreeSet<>(ids).size());
        assertTrue(ids.size() > 10);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> used = NODES.entrySet().stream()
                .filter(node -> node.getKey().endsWith("/$ref"))
                .map(node -> node.getValue().asText().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        NODES.forEach((pointer, node) -> {
            if (pointer.endsWith("/security")) {
                node.forEach(way ->
                        way.fieldNames().forEachRemaining(scheme -> used.add("/components/securitySchemes/" + scheme)));
            }
        });
        assertEquals(
                NODES.keySet().stream()
                        .filter(pointer -> pointer.matches("/components/\\w+/[\\w-]+"))
                        .collect(Collectors.toCollection(TreeSet::new)),
                used);
    }

    @Test
    void everyScopeIsKnown() {
        Set<String> scopes = new TreeSet<>();
        DOCUMENT.operations()
                .forEach(operation -> operation.node().get("security").forEach(way -> way.path("token")
                        .forEach(scope -> scopes.add(scope.asText()))));
        Set<String> known = new TreeSet<>();
        DOCUMENT.json()
                .at("/components/securitySchemes/token/flows/clientCredentials/scopes")
                .fieldNames()
                .forEachRemaining(known::add);
        assertEquals(known, scopes);
    }

    @Test
    void everyPropertyAndParameterIsDescribed() {
        assertRule((pointer, node) -> pointer.matches(
                                ".*/properties/\\w+|.*/parameters/\\w+|(/components|.*/responses/\\w+)/headers/[\\w-]+")
                        && !pointer.contains("example")
                        && DOCUMENT.resolved(node).path("description").asText().isBlank()
                ? List.of("is not described")
                : List.of());
    }

    @Test
    void everyExampleIsAsItsSchemaHasIt() {
        assertRule((pointer, node) -> node.isObject() && node.has("schema") && !pointer.contains("example")
                ? OpenApi.examples(node).values().stream()
                        .flatMap(example -> DOCUMENT.errors(node.get("schema"), example).stream())
                        .map(Object::toString)
                        .toList()
                : List.of());
    }

    /** So that a field that is not told of is found, see ContractIT. */
    @Test
    void everyObjectInAnAnswerIsClosed() {
        List<String> open = new ArrayList<>();
        NODES.forEach((pointer, node) -> {
            if (pointer.matches(".*/responses/\\w+/content/[^/]+/schema")) {
                open(pointer, node, open);
            }
        });
        assertEquals(List.of(), open);
    }

    private static void open(String where, JsonNode reference, List<String> open) {
        JsonNode schema = DOCUMENT.resolved(reference);
        boolean object =
                schema.has("properties") || schema.path("type").asText().equals("object");
        boolean closed = Stream.of("additionalProperties", "unevaluatedProperties")
                .anyMatch(keyword -> schema.has(keyword) && !schema.get(keyword).asBoolean());
        if (object && !closed) {
            open.add(where);
        }
        // not allOf: whoever puts a schema together closes the whole
        for (String keyword : List.of("properties", "oneOf", "anyOf")) {
            schema.path(keyword).forEach(part -> open(where + "/" + keyword, part, open));
        }
        if (schema.has("items")) {
            open(where + "/items", schema.get("items"), open);
        }
    }

    @Test
    void theTextIsTidy() throws Exception {
        String text = Files.readString(OpenApi.FILE);
        assertTrue(text.endsWith("\n") && text.indexOf('\t') < 0 && text.indexOf('\r') < 0);
        assertEquals(
                List.of(),
                text.lines().filter(line -> !line.equals(line.stripTrailing())).toList());
        assertEquals(List.of(), text.lines().filter(line -> line.length() > 140).toList());
    }

    @Test
    void itHasTheVersionOfTheProject() throws Exception {
        String version = DOCUMENT.json().at("/info/version").asText();
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.replace("-SNAPSHOT", "")
                .contains("<artifactId>webhook-routes</artifactId>\n    <version>" + version + "</version>"));
    }

    private static Set<String> values(String list, String field) {
        Set<String> values = new TreeSet<>();
        DOCUMENT.json().at(list).forEach(item -> values.add(item.get(field).asText()));
        return values;
    }

    /** @param rule what is wrong with a thing in the document, by its pointer */
    private static void assertRule(BiFunction<String, JsonNode, List<String>> rule) {
        Map<String, List<String>> wrong = new HashMap<>();
        NODES.forEach((pointer, node) -> {
            List<String> found = rule.apply(pointer, node);
            if (!found.isEmpty()) {
                wrong.put(pointer, found);
            }
        });
        assertEquals(Map.of(), wrong);
    }
}
