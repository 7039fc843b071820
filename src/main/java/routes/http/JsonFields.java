package routes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;

/** The fields of a request's JSON body, each of one kind; whatever is wrong is a 400 that quotes nothing of it. */
public final class JsonFields {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_TEXT = 2_000;

    private final ObjectNode object;

    private JsonFields(ObjectNode object) {
        this.object = object;
    }

    /**
     * The body of the request.
     *
     * @param known all fields that it may have: a misspelt one must not go unnoticed
     * @throws Refused 400, or 413 when it is too large to be looked at in one go
     */
    public static JsonFields of(Exchange exchange, Set<String> known) {
        Request.of(exchange).parameters(Set.of());
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body != null && body.length > MAX_BYTES) {
            throw new Refused(413, "invalid_request", "the body must not be larger than 1 MiB");
        }
        ObjectNode object = StrictJson.object(body == null ? new byte[0] : body)
                .orElseThrow(
                        () -> Refused.badRequest("the body must be a JSON object in UTF-8, sent as application/json"));
        check("the body", object, known);
        return new JsonFields(object);
    }

    private static void check(String where, ObjectNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refused.badRequest(
                        where + " has an unknown field; known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    /** The field as it is; empty when it is not there. */
    public Optional<JsonNode> any(String name) {
        return Optional.ofNullable(object.get(name));
    }

    /** @throws Refused 400 when the field is there and no text of a moderate length without control characters */
    public Optional<String> text(String name) {
        return any(name).map(node -> text(name, node));
    }

    private static String text(String name, JsonNode node) {
        if (!StrictJson.isPlainText(node, MAX_TEXT)) {
            throw Refused.badRequest(name + " must be text of up to " + MAX_TEXT + " characters");
        }
        return node.textValue();
    }

    /** @throws Refused 400 when the field is there and neither true nor false */
    public boolean flag(String name, boolean otherwise) {
        JsonNode node = any(name).orElse(null);
        if (node != null && !node.isBoolean()) {
            throw Refused.badRequest(name + " must be true or false");
        }
        return node == null ? otherwise : node.booleanValue();
    }

    /** @throws Refused 400 when the field is there and no whole number from 1 to that */
    public int number(String name, int otherwise, int most) {
        JsonNode node = any(name).orElse(null);
        if (node != null
                && !(node.canConvertToInt() && node.isInt() && node.intValue() >= 1 && node.intValue() <= most)) {
            throw Refused.badRequest(name + " must be a number from 1 to " + most);
        }
        return node == null ? otherwise : node.intValue();
    }

    /**
     * The texts of an object; none when the field is not there.
     *
     * @throws Refused 400 when it is no object, or has anything but texts
     */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        any(name).ifPresent(node -> {
            if (!node.isObject()) {
                throw Refused.badRequest(name + " must be an object");
            }
            node.properties()
                    .forEach(field -> texts.put(field.getKey(), text("each value in " + name, field.getValue())));
        });
        return texts;
    }

    /**
     * The texts of an object whose fields are known.
     *
     * @throws Refused 400 also for an unknown field
     */
    public Map<String, String> texts(String name, Set<String> known) {
        if (object.get(name) instanceof ObjectNode inner) {
            check(name, inner, known);
        }
        return texts(name);
    }
}
