package routes.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import routes.support.OpenApi.Operation;

/** Holds requests and their answers against the OpenAPI document: nothing may be there that it does not tell of. */
public final class Contract {

    /** Those that an answer of ours may have beside what HTTP itself needs. */
    private static final List<String> HEADERS =
            List.of("Allow", "Cache-Control", "Pragma", "Retry-After", "WWW-Authenticate", "X-Total-Count");

    private final OpenApi document;

    public Contract(OpenApi document) {
        this.document = document;
    }

    /**
     * Checks the answer; and the request too, if it succeeded.
     *
     * @param body that was sent, or null
     */
    public void check(String body, HttpResponse<String> response) {
        HttpRequest request = response.request();
        Operation operation = document.find(request.method(), request.uri().getPath());
        String status = Integer.toString(response.statusCode());
        assertTrue(operation.answers(response.statusCode()), () -> operation + " answers " + status);
        JsonNode answer = document.resolved(operation.node().get("responses").get(status));
        String where = operation + " " + status;
        headers(where, answer.path("headers"), response.headers());
        if (answer.has("content")) {
            JsonNode content = content(where, answer.get("content"), response.headers());
            valid(where, content, value(response.headers(), response.body()));
        } else {
            assertEquals("", response.body(), where);
        }
        if (response.statusCode() < 300) {
            parameters(operation, request);
            body(operation, request, body);
        }
    }

    private void headers(String where, JsonNode documented, HttpHeaders headers) {
        for (String name : HEADERS) {
            JsonNode header = document.resolved(documented.path(name));
            Optional<String> value = headers.firstValue(name);
            if (header.isMissingNode()) {
                assertEquals(Optional.empty(), value, where + " has " + name);
            } else {
                present(where + " " + name, header, value);
            }
        }
    }

    private void parameters(Operation operation, HttpRequest request) {
        String[] names = operation.path().split("/");
        String[] segments = request.uri().getPath().split("/");
        for (JsonNode parameter : operation.parameters("path")) {
            int index = List.of(names).indexOf("{" + parameter.get("name").asText() + "}");
            present(operation + " " + names[index], parameter, Optional.of(segments[index]));
        }
        for (JsonNode parameter : operation.parameters("header")) {
            String name = parameter.get("name").asText();
            present(operation + " " + name, parameter, request.headers().firstValue(name));
        }
        Map<String, String> query =
                form(Optional.ofNullable(request.uri().getRawQuery()).orElse(""));
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.get("name").asText();
            present(operation + " " + name, parameter, Optional.ofNullable(query.remove(name)));
        }
        assertEquals(Map.of(), query, operation + " takes parameters that are not told of");
    }

    private void body(Operation operation, HttpRequest request, String body) {
        JsonNode documented = operation.node().path("requestBody");
        if (body == null || body.isEmpty()) {
            assertFalse(documented.path("required").asBoolean(), operation + " takes no body");
        } else {
            JsonNode content = content(operation + " takes", documented.path("content"), request.headers());
            valid(operation + " takes", content, value(request.headers(), body));
        }
    }

    /** The value of a parameter or a header. */
    private void present(String where, JsonNode documented, Optional<String> value) {
        boolean required = documented.path("required").asBoolean();
        assertTrue(value.isPresent() || !required, () -> where + " is missing");
        value.ifPresent(text -> valid(where, documented, typed(document.resolved(documented.get("schema")), text)));
    }

    private static JsonNode typed(JsonNode schema, String text) {
        boolean number = schema.path("type").asText().equals("integer") && text.matches("\\d+");
        return number ? BigIntegerNode.valueOf(new BigInteger(text)) : TextNode.valueOf(text);
    }

    private static JsonNode content(String where, JsonNode documented, HttpHeaders headers) {
        String type = mediaType(headers);
        assertTrue(documented.has(type), () -> where + " " + type);
        return documented.get(type);
    }

    private void valid(String where, JsonNode holder, JsonNode value) {
        assertEquals(Set.of(), document.errors(holder.get("schema"), value), () -> where + ": " + value);
    }

    private static JsonNode value(HttpHeaders headers, String body) {
        try {
            return switch (mediaType(headers)) {
                case "application/json" -> Bundle.JSON.readTree(body);
                case "application/x-www-form-urlencoded" -> {
                    ObjectNode fields = Bundle.JSON.createObjectNode();
                    form(body).forEach(fields::put);
                    yield fields;
                }
                default -> TextNode.valueOf(body);
            };
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    private static String mediaType(HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("").split(";")[0];
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
