package routes.support;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.ValidatorTypeCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document, as tests read it: its operations, with their references followed, and its schemas. */
public final class OpenApi {

    public static final Path FILE = Path.of("src/main/resources/openapi.yaml");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    /** References in a schema lead to the document's components, which are put beside it and say nothing themselves. */
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .keyword(new NonValidationKeyword("components"))
                    .keyword(ValidatorTypeCode.DISCRIMINATOR)
                    .build()));

    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    /**
     * What can be asked.
     *
     * @param path with its parameters in braces
     * @param parameters of the path and of the operation
     */
    public record Operation(String id, String method, String path, List<JsonNode> parameters, JsonNode node) {

        /** The parameters of that place: path, query or header. */
        public List<JsonNode> parameters(String in) {
            return parameters.stream()
                    .filter(parameter -> parameter.get("in").asText().equals(in))
                    .toList();
        }

        public boolean answers(int status) {
            return node.get("responses").has(Integer.toString(status));
        }

        public Set<String> statuses() {
            Set<String> statuses = new TreeSet<>();
            node.get("responses").fieldNames().forEachRemaining(statuses::add);
            return statuses;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private OpenApi(JsonNode document) {
        this.document = document;
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(new Operation(
                        method.getValue().path("operationId").asText(),
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        parameters(path.getValue(), method.getValue()),
                        method.getValue()))));
    }

    /** From its file; a key that is there twice fails. */
    public static OpenApi read() {
        try {
            return new OpenApi(YAMLMapper.builder()
                    .build()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> parameters(JsonNode... holders) {
        List<JsonNode> parameters = new ArrayList<>();
        for (JsonNode holder : holders) {
            holder.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        }
        return parameters;
    }

    public JsonNode json() {
        return document;
    }

    public List<Operation> operations() {
        return operations;
    }

    public Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    /** The operation that a request is meant for; a path without parameters comes before one with. */
    public Operation find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method)
                        && path.matches(operation.path().replaceAll("\\{\\w+}", "[^/]+")))
                .min((a, b) -> Integer.compare(
                        a.parameters("path").size(), b.parameters("path").size()))
                .orElseThrow(() -> new AssertionError("not in the document: " + method + " " + path));
    }

    /** What is meant: the thing itself, or what it refers to. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    /** The examples of a media type, a parameter or a header, by their names. */
    public static Map<String, JsonNode> examples(JsonNode holder) {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        if (holder.has("example")) {
            examples.put("", holder.get("example"));
        }
        holder.path("examples")
                .properties()
                .forEach(example ->
                        examples.put(example.getKey(), example.getValue().get("value")));
        return examples;
    }

    /** What of the value is not as the schema, which is one of the document, has it. */
    public Set<ValidationMessage> errors(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole, STRICT).validate(value);
    }
}
