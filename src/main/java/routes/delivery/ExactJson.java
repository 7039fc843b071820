package routes.delivery;

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

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectMapper LENIENT = new ObjectMapper();

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        byte[] json = stream.readAllBytes();
        try {
            return EXACT.readValue(json, Object.class);
        } catch (NumberFormatException e) { // an exponent that no exact number has: what was accepted must be delivered
            return LENIENT.readValue(json, Object.class);
        }
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws IOException {
        EXACT.writeValue(stream, graph);
    }
}
