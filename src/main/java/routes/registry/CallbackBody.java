package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * What is put for a callback.
 *
 * @param url where the partner wants to be told
 * @param enabled whether it wants to be told now
 * @param format what it wants to be sent
 * @param auth how we show who we are; null: as before
 * @param headers more headers, by their names; null: as before
 * @param filter which events it wants to be told of
 */
record CallbackBody(
        String url,
        boolean enabled,
        CallbackFormat format,
        PartnerAuth auth,
        Map<String, String> headers,
        CallbackFilter filter) {

    private static final Set<String> FIELDS = Set.of("callbackUrl", "enabled", "format", "auth", "headers", "filter");
    private static final int MOST_HEADERS = 10;

    /** As it is when nothing but the URL is given. */
    static CallbackBody of(String url) {
        return new CallbackBody(url, true, CallbackFormat.NOTIFICATION, null, null, CallbackFilter.ALL);
    }

    /** Nothing of it belongs in a log. */
    @Override
    public String toString() {
        return "CallbackBody[" + format + "]";
    }

    static CallbackBody read(Exchange exchange, UrlGuard urls) {
        ObjectNode body = JsonBody.read(exchange, FIELDS);
        return new CallbackBody(
                url(body.path("callbackUrl"), urls),
                enabled(body.path("enabled")),
                format(body.path("format")),
                auth(body.path("auth"), urls),
                headers(body.path("headers")),
                CallbackFilter.read(body.path("filter")));
    }

    private static String url(JsonNode url, UrlGuard urls) {
        if (url.isMissingNode() || url.isNull()) {
            throw RegistryError.URL_MISSING.refusal();
        }
        if (!url.isTextual()) {
            throw RegistryError.URL_FORM.refusal();
        }
        urls.problem(url.textValue()).ifPresent(problem -> {
            throw RegistryError.ofCallbackUrl(problem).refusal();
        });
        return url.textValue();
    }

    private static boolean enabled(JsonNode enabled) {
        if (!enabled.isMissingNode() && !enabled.isBoolean()) {
            throw RegistryError.ENABLED.refusal();
        }
        return enabled.asBoolean(true);
    }

    private static CallbackFormat format(JsonNode format) {
        return format.isMissingNode()
                ? CallbackFormat.NOTIFICATION
                : CallbackFormat.named(format.asText()).orElseThrow(RegistryError.FORMAT::refusal);
    }

    private static PartnerAuth auth(JsonNode node, UrlGuard urls) {
        if (node.isMissingNode()) {
            return null;
        }
        PartnerAuth auth = PartnerAuth.read(node);
        if (auth.field("tokenUrl") != null
                && urls.problem(auth.field("tokenUrl")).isPresent()) {
            throw RegistryError.AUTH_TOKEN_URL.refusal();
        }
        return auth;
    }

    private static Map<String, String> headers(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isObject() || node.size() > MOST_HEADERS) {
            throw RegistryError.HEADERS.refusal();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        node.properties().forEach(header -> {
            boolean valid = HeaderNames.isFree(header.getKey())
                    && header.getValue().isTextual()
                    && HeaderNames.isValue(header.getValue().textValue());
            if (!valid) {
                throw RegistryError.HEADERS.refusal();
            }
            headers.put(header.getKey(), header.getValue().textValue());
        });
        return headers;
    }

    /** The state of the callback from now on: also one that was suspended is active again. */
    String state() {
        return enabled ? Callbacks.ACTIVE : Callbacks.DISABLED;
    }

    /** What is to be kept sealed, where so much was kept before. */
    CallbackSettings settings(CallbackSettings before) {
        return new CallbackSettings(auth == null ? before.auth() : auth, headers == null ? before.headers() : headers);
    }

    /** Whether what was given for one host would be sent to another, which whoever puts this need not even know. */
    boolean takesElsewhere(String urlBefore, CallbackSettings before) {
        boolean kept = auth == null && !before.auth().isNone()
                || headers == null && !before.headers().isEmpty();
        return kept
                && !UrlText.read(urlBefore)
                        .map(UrlText::origin)
                        .equals(UrlText.read(url).map(UrlText::origin));
    }
}
