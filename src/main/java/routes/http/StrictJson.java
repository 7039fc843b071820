package routes.http;

import com.fasterxml.jackson.core.JacksonException;
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

/** JSON read strictly: in UTF-8, no key twice, nothing after it. */
public final class StrictJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // numbers come out as they went in
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

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
            JsonNode node = JSON.readTree(text);
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
