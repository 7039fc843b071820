package routes.auth;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.AuthorizationPolicy;
import routes.config.ContextService;
import routes.http.Refused;

/** Lets in who is logged in to the pages and has the scope; by the session's cookie only, as the API takes the header only. */
public class SessionPolicy implements AuthorizationPolicy {

    private final String scope;

    /** @param scope what the session must allow; without it 403 */
    public SessionPolicy(String scope) {
        this.scope = scope;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare: the scope is known
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        Sessions sessions = ContextService.started(route.getCamelContext(), "sessions", Sessions.class);
        return exchange -> {
            Caller caller = sessions.verify(exchange);
            check(caller);
            caller.bindTo(exchange);
            processor.process(exchange);
        };
    }

    private void check(Caller caller) {
        if (!caller.scopes().contains(scope)) {
            throw new Refused(403, "insufficient_scope", "you may not do this: your client lacks the scope " + scope);
        }
    }
}
