package routes.delivery;

import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import routes.config.ContextService;

/** What a sender marks as a test: it reaches tables, where it is marked too, and nobody else. */
@BindToRegistry("test-events")
public class TestEvents extends ContextService {

    /** Whose tests are echoes, and meant for the partner. */
    private static final String ECHOES = "partner-api";

    /** Takes Kafka and partners out of the plan, unless {@code sender.<sender>.deliver-tests} is true. */
    public void keepBack(Exchange exchange, @Variable("sender") String sender) {
        if (!sender.equals(ECHOES) && !settings().flag("sender." + sender + ".deliver-tests:false")) {
            Plan.of(exchange).tablesOnly();
        }
    }
}
