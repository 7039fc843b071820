package routes.config;

import java.util.Collection;
import java.util.List;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.RouteWatcherReloadStrategy;

/** What {@code camel run --dev} lacks in Camel 4.17.0 when a route file is saved. */
@BindToRegistry("dev-reload")
public class DevReload implements RouteBuilderLifecycleStrategy {

    /**
     * A route file is compiled alone. Camel would compile with it every class that it made no instance of, such as records, and
     * these do not compile without the rest. Lazy, or Camel's own list under this name would win.
     */
    @BindToRegistry(value = "RouteWatcherReloadResources", lazy = true)
    public Collection<Resource> compiledWithARouteFile() {
        return List.of();
    }

    /** Camel updates the routes of a file, but not those that it makes from templates. */
    @Override
    public void afterConfigure(RouteBuilder builder) {
        CamelContext context = builder.getContext();
        if (!context.isStarted() || context.hasService(RouteWatcherReloadStrategy.class) == null) {
            return;
        }
        try {
            for (TemplatedRouteDefinition route :
                    builder.getTemplatedRouteCollection().getTemplatedRoutes()) {
                context.getRouteController().stopRoute(route.getRouteId());
                context.removeRoute(route.getRouteId());
            }
            builder.addTemplatedRoutesToCamelContext(context);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }
}
