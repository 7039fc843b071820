package routes.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import routes.http.Request;
import routes.http.StrictJson;

/**
 * What a client sent that asks for a token, by the names of RFC 6749. Senders ask in three ways: a JSON body, a form with id and secret in
 * it, or a form with HTTP Basic (senders of Coverage Discovery's documents use the first and the last).
 *
 * @param basic whether id and secret came with HTTP Basic
 */
record TokenRequest(String grantType, String id, String secret, String scope, boolean basic) {

    private static final int MAX_BODY = 16_384;

    /** @throws TokenError when it is in none of the three ways */
    static TokenRequest read(Exchange exchange) {
        Request request = Request.of(exchange);
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        Map<String, String> fields = contentType.startsWith("application/x-www-form-urlencoded")
                ? form(request)
                : json(exchange.getMessage().getBody(byte[].class));
        String[] basic = basic(request);
        if (basic != null && fields.containsKey("client_secret")) {
            throw TokenError.invalidRequest("the client must authenticate in one way only");
        }
        return new TokenRequest(
                fields.get("grant_type"),
                basic == null ? fields.get("client_id") : basic[0],
                basic == null ? fields.get("client_secret") : basic[1],
                fields.get("scope"),
                basic != null);
    }

    private static Map<String, String> form(Request request) {
        Map<String, String> fields = new LinkedHashMap<>();
        request.form().forEach((name, values) -> {
            if (values.size() > 1) {
                throw TokenError.invalidRequest("a field came more than once");
            }
            fields.put(name, values.get(0));
        });
        return fields;
    }

    private static Map<String, String> json(byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        Optional.ofNullable(body)
                .filter(bytes -> bytes.length <= MAX_BODY)
                .flatMap(StrictJson::object)
                .orElseThrow(() -> TokenError.invalidRequest("the body must be a JSON object or a form"))
                .properties()
                .forEach(field -> {
                    if (field.getValue().isTextual()) {
                        fields.put(field.getKey(), field.getValue().textValue());
                    }
                });
        return fields;
    }

    /** Id and secret of HTTP Basic; null without it. */
    private static String[] basic(Request request) {
        String value = request.header("Authorization").orElse("");
        String[] words = value.strip().split(" +", 2);
        if (!words[0].equalsIgnoreCase("basic")) {
            return null;
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(words.length == 1 ? "" : words[1]), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw TokenError.invalidClient(true);
            }
            return new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            throw TokenError.invalidClient(true);
        }
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "TokenRequest";
    }
}
