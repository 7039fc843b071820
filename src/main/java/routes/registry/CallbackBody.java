package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * What is put for a callback.
 *
 * @param url where the partner wants to be told
 * @param enabled whether it wants to be told now
 */
record CallbackBody(String url, boolean enabled) {

    static CallbackBody read(Exchange exchange, CallbackUrls urls) {
        ObjectNode body = JsonBody.read(exchange, Set.of("callbackUrl", "enabled"));
        JsonNode url = body.path("callbackUrl");
        if (url.isMissingNode() || url.isNull()) {
            throw RegistryError.URL_MISSING.refusal();
        }
        if (!url.isTextual()) {
            throw RegistryError.URL_FORM.refusal();
        }
        urls.check(url.textValue());
        JsonNode enabled = body.path("enabled");
        if (!enabled.isMissingNode() && !enabled.isBoolean()) {
            throw RegistryError.ENABLED.refusal();
        }
        return new CallbackBody(url.textValue(), enabled.asBoolean(true));
    }

    /** The state of the callback from now on: also one that was suspended is active again. */
    String state() {
        return enabled ? Callbacks.ACTIVE : Callbacks.DISABLED;
    }
}
