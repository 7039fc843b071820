package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a Postman collection (v2.1), as far as ours goes: variables, bodies, three kinds of authorization, and of the scripts the few
 * forms of a line below. Whatever it does not know is an error, so that no expectation is passed over.
 */
public final class Postman {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(.*?)}}");
    private static final String TEST = "pm\\.test\\(\"[^\"]+\", \\(\\) => ";
    private static final Pattern STATUS = Pattern.compile(TEST + "pm\\.response\\.to\\.have\\.status\\((\\d+)\\)\\);");
    private static final Pattern TEXT =
            Pattern.compile(TEST + "pm\\.expect\\(pm\\.response\\.text\\(\\)\\)\\.to\\.eql\\(\"(.*)\"\\)\\);");
    private static final Pattern FIELD =
            Pattern.compile(TEST + "pm\\.expect\\(pm\\.response\\.json\\(\\)\\.(\\w+)\\)\\.to\\.eql\\(\"(.*)\"\\)\\);");
    private static final Pattern KEEP =
            Pattern.compile("pm\\.environment\\.set\\(\"(\\w+)\", pm\\.response\\.json\\(\\)\\.(\\w+)\\);");

    private final Map<String, String> variables = new HashMap<>();
    private final JsonNode collection;
    private final Bundle bundle;

    /** @param bundle where requests to localhost:8080 go */
    public Postman(Path collection, Path environment, Bundle bundle) throws Exception {
        this.collection = Bundle.JSON.readTree(Files.readString(collection));
        this.bundle = bundle;
        Bundle.JSON
                .readTree(Files.readString(environment))
                .get("values")
                .forEach(value -> variables.put(
                        value.get("key").textValue(),
                        value.get("value").textValue().replace("localhost:8080", "localhost:" + bundle.port())));
    }

    /** Sends all requests in their order. Throws at the first that is not answered as its script expects. */
    public int play() throws Exception {
        int sent = 0;
        for (JsonNode item : collection.get("item")) {
            HttpResponse<String> response = bundle.send(request(item.get("request")));
            for (JsonNode event : item.get("event")) {
                for (JsonNode line : event.at("/script/exec")) {
                    run(item.get("name").textValue(), line.textValue(), response);
                }
            }
            sent++;
        }
        return sent;
    }

    private HttpRequest.Builder request(JsonNode request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                URI.create(resolved(request.at("/url/raw").textValue())));
        request.get("header")
                .forEach(header -> builder.header(
                        header.get("key").textValue(),
                        resolved(header.get("value").textValue())));
        JsonNode auth = request.has("auth") ? request.get("auth") : collection.get("auth");
        switch (auth.get("type").textValue()) {
            case "noauth" -> {}
            case "bearer" -> builder.header("Authorization", "Bearer " + of(auth.get("bearer"), "token"));
            case "basic" ->
                builder.header(
                        "Authorization",
                        "Basic " + base64(of(auth.get("basic"), "username") + ":" + of(auth.get("basic"), "password")));
            default -> throw new AssertionError("unknown auth " + auth);
        }
        return builder.method(request.get("method").textValue(), BodyPublishers.ofString(body(builder, request)));
    }

    private String body(HttpRequest.Builder builder, JsonNode request) {
        JsonNode body = request.get("body");
        if (body.get("mode").textValue().equals("raw")) {
            return resolved(body.get("raw").textValue());
        }
        builder.header("Content-Type", "application/x-www-form-urlencoded");
        StringBuilder form = new StringBuilder();
        body.get("urlencoded").forEach(field -> form.append(form.isEmpty() ? "" : "&")
                .append(field.get("key").textValue())
                .append('=')
                .append(URLEncoder.encode(resolved(field.get("value").textValue()), StandardCharsets.UTF_8)));
        return form.toString();
    }

    private String of(JsonNode parameters, String key) {
        for (JsonNode parameter : parameters) {
            if (parameter.get("key").textValue().equals(key)) {
                return resolved(parameter.get("value").textValue());
            }
        }
        throw new AssertionError("no " + key);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String resolved(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult found) {
        String value = variables.get(found.group(1));
        if (value == null) {
            throw new AssertionError("there is no variable " + found.group(1));
        }
        return value;
    }

    private void run(String name, String line, HttpResponse<String> response) throws Exception {
        Matcher status = STATUS.matcher(line);
        Matcher text = TEXT.matcher(line);
        Matcher field = FIELD.matcher(line);
        Matcher keep = KEEP.matcher(line);
        if (status.matches()) {
            check(name, status.group(1), Integer.toString(response.statusCode()));
        } else if (text.matches()) {
            check(name, text.group(1), response.body());
        } else if (field.matches()) {
            check(
                    name,
                    field.group(2),
                    Bundle.json(response).path(field.group(1)).asText());
        } else if (keep.matches()) {
            variables.put(
                    keep.group(1), Bundle.json(response).get(keep.group(2)).textValue());
        } else {
            throw new AssertionError(name + ": cannot read " + line);
        }
    }

    private static void check(String name, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(name + ": expected " + expected + " but was " + actual);
        }
    }
}
