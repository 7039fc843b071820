package routes.delivery;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.config.ContextService;

/** How deliveries are, for people: neither ready nor live hangs on it, or a broker that is away would take every instance out of service. */
@BindToRegistry("deliveries-health")
public class DeliveryHealth extends AbstractHealthCheck {

    public DeliveryHealth() {
        super("webhook-routes", "deliveries");
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
        ContextService.started(getCamelContext(), "delivery-figures", DeliveryFigures.class)
                .details()
                .forEach(builder::detail);
        builder.up();
    }
}
