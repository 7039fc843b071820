package routes.registry;

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
import java.util.Set;
import org.apache.camel.Exchange;

/** Bodies of requests, read strictly: one object, in UTF-8, no key twice, nothing after it. */
final class JsonBody {

    static final int MAX_BYTES = 1024 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // numbers come out as they went in
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonBody() {}

    /**
     * The body of the request.
     *
     * @param known all fields that it may have: a misspelt one must not go unnoticed
     */
    static ObjectNode read(Exchange exchange, Set<String> known) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body != null && body.length > MAX_BYTES) {
            throw RegistryError.BODY_TOO_LARGE.refusal();
        }
        ObjectNode object = parse(body == null ? new byte[0] : body).orElseThrow(RegistryError.BODY::refusal);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw RegistryError.BODY_FIELD.refusal();
            }
        });
        return object;
    }

    /** The object; empty when it is anything else. */
    static Optional<ObjectNode> parse(byte[] bytes) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The object; empty when it is anything else. */
    static Optional<ObjectNode> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException | NumberFormatException e) { // the latter for exponents that no number has
            return Optional.empty();
        }
    }

    /** Whether it is text that both databases take and give back as it is: no control characters, no broken surrogates. */
    static boolean isPlainText(JsonNode node, int length) {
        return node.isTextual()
                && node.textValue().length() <= length
                && node.textValue()
                        .codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
