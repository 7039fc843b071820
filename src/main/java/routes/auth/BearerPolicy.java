package routes.auth;

import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.AuthorizationPolicy;
import org.apache.camel.support.CamelContextHelper;
import routes.http.Request;

/**
 * Lets in who has a token with the scope, ours or that of another issuer (RFC 6750); the token is read from the header only, never from a form
 * field or the query.
 */
public class BearerPolicy implements AuthorizationPolicy {

    private static final String SCHEME = "bearer ";

    private final String scope;
    private final int missingStatus;
    private final int invalidStatus;

    /**
     * @param scope what the token must allow; without it 403
     * @param missingStatus the status without an Authorization header
     * @param invalidStatus the status for a token that is unknown, changed, expired or not a bearer token
     */
    public BearerPolicy(String scope, int missingStatus, int invalidStatus) {
        this.scope = scope;
        this.missingStatus = missingStatus;
        this.invalidStatus = invalidStatus;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare: scope and statuses are known
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        BearerTokens tokens =
                CamelContextHelper.mandatoryLookup(route.getCamelContext(), "bearer-tokens", BearerTokens.class);
        return exchange -> {
            Caller caller = authenticate(exchange, tokens);
            check(exchange, caller);
            caller.bindTo(exchange);
            processor.process(exchange);
        };
    }

    private Caller authenticate(Exchange exchange, BearerTokens tokens) throws AccessDenied {
        List<String> values = Request.of(exchange).headers("Authorization");
        if (values.isEmpty()) {
            throw new AccessDenied(exchange, missingStatus, "missing_token", "no Authorization header");
        }
        String value = values.get(0);
        boolean bearer = values.size() == 1 && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return (bearer ? tokens.verify(value.substring(SCHEME.length()).strip()) : Optional.<Caller>empty())
                .orElseThrow(() -> new AccessDenied(
                        exchange, invalidStatus, "invalid_token", "the token is not valid, or no longer"));
    }

    /** What the caller must be allowed. Senders that bind more than a scope add to it. */
    protected void check(Exchange exchange, Caller caller) throws AccessDenied {
        if (!caller.scopes().contains(scope)) {
            throw new AccessDenied(exchange, 403, "insufficient_scope", "the token does not allow this");
        }
    }
}
