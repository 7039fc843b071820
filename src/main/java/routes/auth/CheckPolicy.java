package routes.auth;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.AuthorizationPolicy;

/** A policy that looks at a request, and either throws or lets it go on. */
abstract class CheckPolicy implements AuthorizationPolicy {

    /** @throws AccessDenied when the request is not let in */
    abstract void check(Exchange exchange) throws AccessDenied;

    @Override
    public final void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public final Processor wrap(Route route, Processor processor) {
        return exchange -> {
            check(exchange);
            processor.process(exchange);
        };
    }
}
