package routes.inbox;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.telemetry.DetailedHealth;

/** How full the inbox is. */
@BindToRegistry("inbox-health")
public class InboxHealth extends DetailedHealth {

    public InboxHealth() {
        super("inbox");
    }

    @Override
    protected Map<String, Object> figures() {
        Inbox inbox = ContextService.started(getCamelContext(), "inbox", Inbox.class);
        return Map.of("waiting", inbox.waiting(), "limit", inbox.limit());
    }
}
