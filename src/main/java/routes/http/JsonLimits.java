package routes.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Registry;
import routes.config.ContextService;
import routes.config.Settings;

/**
 * How much JSON of others is read: small texts can be large when they are parsed, and deep ones go deep in whatever walks through them.
 * Whoever parses what came by HTTP does it with one of these: {@link StrictJson}, the data format {@code event-json}, or the mapper {@code
 * bounded-json}.
 */
@BindToRegistry("json-limits")
public class JsonLimits extends ContextService {

    /** What Jackson itself allows at the most: payloads that were accepted are read again, without these limits. */
    private static final int DEEPEST = 1000;

    private int maxExponent;

    @Override
    protected void doStart() {
        Settings settings = settings();
        int depth = settings.positive("json.max-depth");
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("json.max-depth must be at most " + DEEPEST);
        }
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxTokenCount(settings.positive("json.max-tokens"))
                .maxStringLength(settings.positive("json.max-string-length"))
                .maxNameLength(settings.positive("json.max-name-length"))
                .maxNumberLength(settings.positive("json.max-number-length"))
                .build();
        maxExponent = settings.positive("json.max-exponent");
        StrictJson.limit(constraints, maxExponent);

        Registry registry = getCamelContext().getRegistry();
        registry.bind("bounded-json", ObjectMapper.class, mapper(constraints));
        registry.bind("event-json", DataFormat.class, new JacksonDataFormat(mapper(constraints), Map.class));
    }

    private static ObjectMapper mapper(StreamReadConstraints constraints) {
        return new ObjectMapper(
                JsonFactory.builder().streamReadConstraints(constraints).build());
    }

    /** Whether all numbers can be worked with: {@link #allows(byte[], int)}. */
    public boolean allows(byte[] json) {
        return allows(json, maxExponent);
    }

    /**
     * Whether no number has an exponent beyond that: 1e999999999 is a short text, and a number of a thousand million digits.
     *
     * @param json in UTF-8; what is not JSON is allowed, or not
     */
    static boolean allows(byte[] json, int maxExponent) {
        boolean text = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (text && b == '\\') {
                i++;
            } else if (b == '"') {
                text = !text;
            } else if (!text && (b == 'e' || b == 'E') && i > 0 && isDigit(json[i - 1])) {
                if (exponent(json, i + 1) > maxExponent) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the exponent that begins there comes to, its sign aside. */
    private static long exponent(byte[] json, int start) {
        int i = start < json.length && (json[start] == '+' || json[start] == '-') ? start + 1 : start;
        long exponent = 0;
        for (; i < json.length && isDigit(json[i]) && exponent <= Integer.MAX_VALUE; i++) {
            exponent = 10 * exponent + json[i] - '0';
        }
        return exponent;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
