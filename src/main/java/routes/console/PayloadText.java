package routes.console;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;

/** A payload for people: as text, and of a long one the beginning. */
@BindToRegistry("payload-text")
public class PayloadText {

    private static final int SHOWN = 256 * 1024;

    /** Bytes that are no UTF-8 and control characters are shown as what stands for such. */
    public Map<String, Object> of(@Body byte[] payload) {
        String text = new String(payload, 0, Math.min(SHOWN, payload.length), StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cc}&&[^\\n\\t]]|\\p{Cf}", "\uFFFD");
        return Map.of("text", text, "bytes", payload.length, "cut", payload.length > SHOWN);
    }
}
