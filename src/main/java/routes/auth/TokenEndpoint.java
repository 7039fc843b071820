package routes.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.http.Refused;

/** The client credentials grant of RFC 6749 section 4.4. */
@BindToRegistry("token-endpoint")
public class TokenEndpoint extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final String GRANT = "client_credentials";

    private Clients clients;
    private AccessTokens tokens;
    private FailedAttempts attempts;

    @Override
    protected void doStart() {
        clients = bean("clients", Clients.class);
        tokens = bean("access-tokens", AccessTokens.class);
        attempts = bean("failed-attempts", FailedAttempts.class);
    }

    /**
     * The answer's body for 200.
     *
     * @throws TokenError for everything that RFC 6749 section 5.2 names
     * @throws Refused 429 when too many attempts have failed, and this one too; 503 when too many ask at once
     */
    public Map<String, Object> issue(Exchange exchange) {
        TokenRequest request = TokenRequest.read(exchange);
        if (!GRANT.equals(request.grantType())) {
            throw request.grantType() == null
                    ? TokenError.invalidRequest("grant_type is missing")
                    : TokenError.unsupportedGrantType();
        }
        if (request.id() == null || request.secret() == null) {
            throw TokenError.invalidClient(request.basic());
        }
        Client client = authenticated(exchange, request);
        Set<String> scopes = scopes(client, request.scope());
        LOG.info("token issued client={}", client.id());

        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.issue(client, scopes));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", tokens.lifetimeSeconds());
        answer.put("scope", String.join(" ", scopes));
        return answer;
    }

    /**
     * The client whose id and secret these are.
     *
     * @throws TokenError when they are not
     * @throws Refused as above
     */
    Client authenticated(Exchange exchange, TokenRequest request) {
        Credentials credentials = Credentials.of(request, clients.configured()::containsKey);
        boolean guessing = attempts.areMany(exchange, credentials.id());
        return clients.authenticate(credentials, guessing).orElseGet(() -> {
            attempts.note(exchange, credentials.id());
            throw TokenError.invalidClient(request.basic());
        });
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
}
