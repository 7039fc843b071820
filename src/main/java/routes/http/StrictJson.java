package routes.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON read strictly: in UTF-8, no key twice, nothing after it, and within {@link JsonLimits}. */
public final class StrictJson {

    private static volatile ObjectMapper json = mapper(StreamReadConstraints.defaults());
    private static volatile int maxExponent = Integer.MAX_VALUE;

    private StrictJson() {}

    /** Sets the limits, for all of the process. */
    static void limit(StreamReadConstraints constraints, int exponent) {
        json = mapper(constraints);
        maxExponent = exponent;
    }

    private static ObjectMapper mapper(StreamReadConstraints constraints) {
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // numbers come out as they went in
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** The object; empty when it is anything else. */
    public static Optional<ObjectNode> object(byte[] bytes) {
        return object(value(bytes));
    }

    /** The object; empty when it is anything else. */
    public static Optional<ObjectNode> object(String text) {
        return object(value(text));
    }

    private static Optional<ObjectNode> object(Optional<JsonNode> value) {
        return value.filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** The value, of whatever kind; empty when it is no JSON. */
    public static Optional<JsonNode> value(byte[] bytes) {
        try {
            return value(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> value(String text) {
        try {
            if (!JsonLimits.allows(text.getBytes(StandardCharsets.UTF_8), maxExponent)) {
                return Optional.empty();
            }
            JsonNode node = json.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException | NumberFormatException e) { // the latter for exponents that no number has
            return Optional.empty();
        }
    }

    /** Whether it is text that both databases take and give back as it is: no control characters, no broken surrogates. */
    public static boolean isPlainText(JsonNode node, int length) {
        return node.isTextual()
                && node.textValue().length() <= length
                && node.textValue()
                        .codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
