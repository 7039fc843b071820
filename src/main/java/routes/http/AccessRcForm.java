package routes.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;

/** The application form that AccessRC pulls: a JSON file, read once at the start, so that a broken one is noticed then. */
@BindToRegistry("accessrc-form")
public class AccessRcForm extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(AccessRcForm.class);
    private static final String FILE = "sender.accessrc.form-file";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonNode form;

    @Override
    protected void doStart() {
        String file = settings().text(FILE);
        form = file.isEmpty() ? null : read(file);
    }

    private static JsonNode read(String file) {
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(Path.of(file)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(FILE + " is not JSON: " + file);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + file);
        }
        if (json.isMissingNode()) {
            throw new IllegalStateException(FILE + " is empty: " + file);
        }
        return json;
    }

    /**
     * What the answer has as its data.
     *
     * @throws Refused 500 when there is no form: the vendor waits for one, and would take anything else for it
     */
    public Map<String, Object> response() {
        if (form == null) {
            LOG.warn("AccessRC asks for the application form, and {} is not set", FILE);
            throw new Refused(500, "server_error", "there is no form to answer with");
        }
        return Map.of("response", form);
    }
}
