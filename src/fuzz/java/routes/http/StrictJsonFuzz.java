package routes.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No bytes fail, and what is taken is UTF-8 and means the same when it is written and read again. */
class StrictJsonFuzz {

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "{\"a\":[1,-0.0,1e400,\"\\ud83d\\u0000é\"],\"b\":{}}", "[]", "null", "\"\\/\"", "1e99999999999")
                .map(text -> arguments((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsTakenAgain(byte @NotNull [] bytes) {
        Optional<JsonNode> value = StrictJson.value(bytes);
        if (value.isPresent()) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertArrayEquals(bytes, text.getBytes(StandardCharsets.UTF_8));
            // half a pair of surrogates can be escaped, and not be written otherwise
            byte[] written = value.get().toString().getBytes(StandardCharsets.UTF_8);
            String again = StrictJson.value(written).orElseThrow().toString();
            assertArrayEquals(written, again.getBytes(StandardCharsets.UTF_8));
            assertEquals(value.get().isObject(), StrictJson.object(bytes).isPresent());
            StrictJson.isPlainText(value.get(), 10);
        }
    }
}
