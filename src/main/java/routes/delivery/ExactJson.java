package routes.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * JSON whose numbers keep all their digits, as amounts must: Camel's own makes doubles of them, which have 15 and turn 100.00 into
 * 100.0. Gives maps, lists and scalars.
 */
@BindToRegistry("exact-json")
public class ExactJson extends ServiceSupport implements DataFormat {

    /** What was accepted must be delivered, whatever the limits were. */
    private static final JsonFactory UNLIMITED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final ObjectMapper EXACT = JsonMapper.builder(UNLIMITED)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectMapper LENIENT = new ObjectMapper(UNLIMITED.copy());

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        byte[] json = stream.readAllBytes();
        try {
            return EXACT.readValue(json, Object.class);
        } catch (NumberFormatException e) { // an exponent that no exact number has
            return LENIENT.readValue(json, Object.class);
        }
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws IOException {
        EXACT.writeValue(stream, graph);
    }
}
