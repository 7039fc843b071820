package routes.delivery;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.telemetry.DetailedHealth;

/** How deliveries are. */
@BindToRegistry("deliveries-health")
public class DeliveryHealth extends DetailedHealth {

    public DeliveryHealth() {
        super("deliveries");
    }

    @Override
    protected Map<String, Object> figures() {
        return ContextService.started(getCamelContext(), "delivery-figures", DeliveryFigures.class)
                .details();
    }
}
