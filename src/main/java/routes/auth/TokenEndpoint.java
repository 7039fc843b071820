package routes.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.http.Refused;
import routes.http.Request;
import routes.http.StrictJson;

/**
 * The client credentials grant of RFC 6749 section 4.4. Senders ask in three ways: a JSON body, a form with id and secret in
 * it, or a form with HTTP Basic (senders of Coverage Discovery's documents use the first and the last).
 */
@BindToRegistry("token-endpoint")
public class TokenEndpoint extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final int MAX_BODY = 16_384;
    private static final String GRANT = "client_credentials";

    private Clients clients;
    private AccessTokens tokens;

    /** What the client sent, by the names of RFC 6749. */
    private record TokenRequest(String grantType, String id, String secret, String scope, boolean basic) {}

    @Override
    protected void doStart() {
        clients = bean("clients", Clients.class);
        tokens = bean("access-tokens", AccessTokens.class);
    }

    /**
     * The answer's body for 200.
     *
     * @throws TokenError for everything that RFC 6749 section 5.2 names
     * @throws Refused 503 when too many ask at once
     */
    public Map<String, Object> issue(Exchange exchange) {
        TokenRequest request = read(exchange);
        if (!GRANT.equals(request.grantType)) {
            throw request.grantType == null
                    ? TokenError.invalidRequest("grant_type is missing")
                    : TokenError.unsupportedGrantType();
        }
        if (request.id == null || request.secret == null) {
            throw TokenError.invalidClient(request.basic);
        }
        Client client = clients.authenticate(request.id, request.secret)
                .or(() -> formDecoded(request))
                .orElseThrow(() -> TokenError.invalidClient(request.basic));
        Set<String> scopes = scopes(client, request.scope);
        LOG.info("token issued client={}", client.id());

        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.issue(client, scopes));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", tokens.lifetimeSeconds());
        answer.put("scope", String.join(" ", scopes));
        return answer;
    }

    /** RFC 6749 section 2.3.1 has the two parts of HTTP Basic form-encoded; many clients send them as they are. */
    private Optional<Client> formDecoded(TokenRequest request) {
        if (!request.basic || !(request.id + request.secret).matches(".*[%+].*")) {
            return Optional.empty();
        }
        try {
            return clients.authenticate(
                    URLDecoder.decode(request.id, StandardCharsets.UTF_8),
                    URLDecoder.decode(request.secret, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Set<String> scopes(Client client, String asked) {
        if (asked == null || asked.isBlank()) {
            return client.scopes();
        }
        Set<String> scopes = new TreeSet<>(List.of(asked.strip().split(" +")));
        if (!client.scopes().containsAll(scopes)) {
            throw TokenError.invalidScope();
        }
        return scopes;
    }

    private TokenRequest read(Exchange exchange) {
        Request request = Request.of(exchange);
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        Map<String, String> fields = contentType.startsWith("application/x-www-form-urlencoded")
                ? form(exchange.getMessage().getBody())
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

    /** The server has read the form already. */
    private static Map<String, String> form(Object body) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (body instanceof Map<?, ?> form) {
            form.forEach((name, value) -> {
                if (!(value instanceof String text)) {
                    throw TokenError.invalidRequest("a field came more than once");
                }
                fields.put(name.toString(), text);
            });
        }
        return fields;
    }

    private static Map<String, String> json(byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        StrictJson.object(body == null || body.length > MAX_BODY ? new byte[0] : body)
                .orElseThrow(() -> TokenError.invalidRequest("the body must be a JSON object or a form"))
                .fields()
                .forEachRemaining(field -> {
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
}
