package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import routes.support.OpenApi.Operation;

/** A call made of the examples in the OpenAPI document, which a test may change; and the status that it is to be answered with. */
public final class ExampleCall {

    private final Operation operation;
    private final int status;
    private final Map<String, String> path = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private String name = "as in the examples";
    private String query = "";
    private boolean escaped;
    private String client = "demo";
    private String body;

    /** With the first example of a body there is, if the operation takes one. */
    public ExampleCall(Operation operation, int status) {
        this.operation = operation;
        this.status = status;
        for (JsonNode parameter : operation.parameters("path")) {
            path(parameter.get("name").asText(), parameter.get("example").asText());
        }
        for (JsonNode parameter : operation.parameters("header")) {
            header(parameter.get("name").asText(), parameter.get("example").asText());
        }
        JsonNode content = operation.node().at("/requestBody/content");
        if (content.has("application/json")) {
            header("Content-Type", "application/json");
            body = OpenApi.examples(content.get("application/json"))
                    .values()
                    .iterator()
                    .next()
                    .toString();
        }
    }

    /** Says what is special about it. */
    public ExampleCall named(String what) {
        name = what;
        return this;
    }

    /** With the example of that name for its body. */
    public ExampleCall example(String which) {
        return body(operation
                .node()
                .at("/requestBody/content/application~1json/examples/" + which + "/value")
                .toString());
    }

    /** With the example for its body that is a form. */
    public ExampleCall form() {
        JsonNode fields = operation.node().at("/requestBody/content/application~1x-www-form-urlencoded/example");
        return header("Content-Type", "application/x-www-form-urlencoded")
                .body(fields.properties().stream()
                        .map(field -> encoded(field.getKey(), field.getValue()))
                        .collect(Collectors.joining("&")));
    }

    /** With all query parameters there are. */
    public ExampleCall filtered() {
        return query(operation.parameters("query").stream()
                .map(parameter -> encoded(parameter.get("name").asText(), parameter.get("example")))
                .collect(Collectors.joining("&")));
    }

    private static String encoded(String name, JsonNode value) {
        return name + "=" + URLEncoder.encode(value.asText(), StandardCharsets.UTF_8);
    }

    public ExampleCall path(String parameter, String value) {
        path.put(parameter, value);
        return this;
    }

    /** With an escape in the path that it does not need. */
    public ExampleCall escaped() {
        escaped = true;
        return this;
    }

    public ExampleCall query(String otherQuery) {
        query = otherQuery;
        return this;
    }

    public ExampleCall header(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** A text in which a quote is written as '. */
    public ExampleCall json(String text) {
        return body(text.replace('\'', '"'));
    }

    public ExampleCall body(String text) {
        body = text;
        return this;
    }

    /** Whose credentials it has; null: none. */
    public ExampleCall as(String otherClient) {
        client = otherClient;
        return this;
    }

    public Operation operation() {
        return operation;
    }

    public int status() {
        return status;
    }

    public String client() {
        return client;
    }

    public String body() {
        return body;
    }

    /** The scheme of its credentials; empty when it needs none. */
    public String scheme() {
        JsonNode first = operation.node().at("/security/0");
        return first.fieldNames().hasNext() ? first.fieldNames().next() : "";
    }

    /** To a server; without credentials. */
    public HttpRequest.Builder request(URI server) {
        String address = operation.path();
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            address = address.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        if (escaped) {
            int start = address.lastIndexOf('/') + 1;
            address = address.substring(0, start)
                    + String.format("%%%02X", (int) address.charAt(start))
                    + address.substring(start + 1);
        }
        URI uri = server.resolve(query.isEmpty() ? address : address + "?" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request;
    }

    @Override
    public String toString() {
        return status + " " + operation + " " + name;
    }
}
