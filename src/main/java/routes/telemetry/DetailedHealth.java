package routes.telemetry;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** What health shows to people: neither ready nor live hangs on it, or a broker that is away would take every instance out of service. */
public abstract class DetailedHealth extends AbstractHealthCheck {

    /** @param id by which health shows it */
    protected DetailedHealth(String id) {
        super("webhook-routes", id);
    }

    @Override
    public final boolean isLiveness() {
        return false;
    }

    @Override
    public final boolean isReadiness() {
        return false;
    }

    /** Names and figures. */
    protected abstract Map<String, Object> figures();

    @Override
    protected final void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        figures().forEach(builder::detail);
        builder.up();
    }
}
