package routes.inbox;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.Settings;

/** Stands in for the inbox in the benchmark: makes the event and logs it, as the inbox does, and stores nothing. */
public final class Unstored {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");

    private final Extracted extracted;

    public Unstored(CamelContext context) {
        extracted = Extracted.of(new Settings(context));
    }

    public void commit(Exchange exchange) {
        Event event = extracted.event(exchange);
        LOG.info(
                "{} event={} sender={} deliveries={}",
                event.state(),
                event.id(),
                event.sender(),
                event.destinations().size());
    }
}
