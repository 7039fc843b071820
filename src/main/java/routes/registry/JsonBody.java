package routes.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.apache.camel.Exchange;
import routes.http.StrictJson;

/** Bodies of requests, read strictly, and refused with the registry's errors. */
final class JsonBody {

    static final int MAX_BYTES = 1024 * 1024;

    private JsonBody() {}

    /** The body of a request that need not have one. */
    static ObjectNode readIfAny(Exchange exchange, Set<String> known) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null || body.length == 0 ? JsonNodeFactory.instance.objectNode() : read(exchange, known);
    }

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
        ObjectNode object =
                StrictJson.object(body == null ? new byte[0] : body).orElseThrow(RegistryError.BODY::refusal);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw RegistryError.BODY_FIELD.refusal();
            }
        });
        return object;
    }
}
