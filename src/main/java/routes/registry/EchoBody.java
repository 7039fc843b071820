package routes.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import routes.http.StrictJson;

/**
 * What a partner posts to have it echoed, in all the ways that the bank's documents leave open, made into the one form that is
 * sent out.
 *
 * @param id of the process or simulation
 * @param notification in JSON
 */
record EchoBody(String id, byte[] notification) {

    private static final String RAW_BODY = "rawBody";
    private static final String PROCESS = "processUniqueId";
    private static final String SIMULATION = "simulationUniqueId";
    private static final List<String> PROCESS_SPELLINGS = List.of(PROCESS, "processUniqueID");
    private static final List<String> SIMULATION_SPELLINGS = List.of(SIMULATION, "simulationUniqueID");

    /** Also half a surrogate pair goes out as it came in. */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    /** Says in our words what is wrong with the body. */
    static final class Unusable extends Exception {
        private Unusable(String reason) {
            super(reason);
        }
    }

    static EchoBody read(int type, byte[] bytes) throws Unusable {
        if (bytes.length > JsonBody.MAX_BYTES) {
            throw RegistryError.BODY_TOO_LARGE.refusal();
        }
        ObjectNode body = StrictJson.object(bytes).orElseThrow(() -> new Unusable("not a JSON object in UTF-8"));
        JsonNode rawBody = object(body.path(RAW_BODY));
        String process = one(PROCESS_SPELLINGS, body, rawBody);
        String simulation = one(SIMULATION_SPELLINGS, body, rawBody);
        if ((process == null) == (simulation == null)) {
            throw new Unusable("exactly one of " + PROCESS + " and " + SIMULATION + " must be there");
        }
        ObjectNode notification = JsonNodeFactory.instance.objectNode();
        notification.put("notificationTypeID", type);
        notification.put(process == null ? SIMULATION : PROCESS, process == null ? simulation : process);
        if (rawBody instanceof ObjectNode raw) {
            raw.remove(PROCESS_SPELLINGS);
            raw.remove(SIMULATION_SPELLINGS);
        }
        if (!rawBody.isMissingNode()) {
            notification.set(RAW_BODY, rawBody);
        }
        try {
            return new EchoBody(process == null ? simulation : process, WRITER.writeValueAsBytes(notification));
        } catch (JsonProcessingException e) {
            throw new Unusable("not a JSON object that can be sent");
        }
    }

    /** A string that holds an object becomes the object; anything else stays, and the schema says what is wrong. */
    private static JsonNode object(JsonNode rawBody) {
        return rawBody.isTextual()
                ? StrictJson.object(rawBody.textValue())
                        .map(JsonNode.class::cast)
                        .orElse(rawBody)
                : rawBody;
    }

    /** The one id of that kind, beside rawBody or in it, in whatever spelling; null when there is none. */
    private static String one(List<String> spellings, JsonNode... places) throws Unusable {
        Set<String> ids = new TreeSet<>();
        for (JsonNode place : places) {
            for (String spelling : spellings) {
                JsonNode id = place.path(spelling);
                if (id.isTextual() && !id.textValue().isBlank()) {
                    ids.add(id.textValue());
                } else if (!id.isMissingNode() && !id.isNull() && !id.isTextual()) {
                    throw new Unusable(spellings.get(0) + " must be text");
                }
            }
        }
        if (ids.size() > 1) {
            throw new Unusable(spellings.get(0) + " is there twice, with different values");
        }
        return ids.stream().findFirst().orElse(null);
    }
}
