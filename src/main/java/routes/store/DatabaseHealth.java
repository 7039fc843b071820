package routes.store;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.config.ContextService;

/**
 * Ready means: the inbox database answers and is migrated (the start fails if it is not). Nothing else changes readiness,
 * or an outage of one destination would take every instance out of the load balancer.
 */
@BindToRegistry("inbox-database-health")
public class DatabaseHealth extends AbstractHealthCheck {

    public DatabaseHealth() {
        super("webhook-routes", "inbox-database");
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Database database = ContextService.started(getCamelContext(), "database", Database.class);
        try {
            database.with(handle ->
                    handle.createQuery("select 1").mapTo(Integer.class).one());
            builder.up();
        } catch (RuntimeException e) {
            builder.down().message("the inbox database does not answer: " + Causes.of(e));
        }
    }
}
