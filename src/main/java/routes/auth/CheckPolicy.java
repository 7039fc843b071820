package routes.auth;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.AuthorizationPolicy;
import routes.config.ContextService;

/** A policy that looks at a request, and either throws or lets it go on. Who fails again and again is slowed. */
abstract class CheckPolicy implements AuthorizationPolicy {

    /** @throws AccessDenied when the request is not let in */
    abstract void check(Exchange exchange) throws AccessDenied;

    @Override
    public final void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public final Processor wrap(Route route, Processor processor) {
        FailedAttempts attempts =
                ContextService.started(route.getCamelContext(), "failed-attempts", FailedAttempts.class);
        return exchange -> {
            try {
                check(exchange);
            } catch (AccessDenied denied) {
                if (denied.isAttempt()) {
                    attempts.note(exchange);
                }
                throw denied;
            }
            processor.process(exchange);
        };
    }
}
