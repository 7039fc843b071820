package routes.inbox;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.config.ContextService;

/** How full the inbox is, for people: beyond its limit senders are told to come again, and an instance that is out of service would take nothing at all. */
@BindToRegistry("inbox-health")
public class InboxHealth extends AbstractHealthCheck {

    public InboxHealth() {
        super("webhook-routes", "inbox");
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Inbox inbox = ContextService.started(getCamelContext(), "inbox", Inbox.class);
        builder.detail("waiting", inbox.waiting())
                .detail("limit", inbox.limit())
                .up();
    }
}
