package routes.config;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Service;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A bean with a life. Camel starts such beans in no particular order, and each while it is still injecting the others: so a bean
 * asks here for settings and for other beans when it starts, and has nothing injected.
 */
public abstract class ContextService extends ServiceSupport implements CamelContextAware {

    private CamelContext camelContext;

    @Override
    public void start() {
        if (!deferred(camelContext, this)) {
            super.start();
        }
    }

    /**
     * The camel CLI binds a bean and starts it at once, while others are still to come. So the start waits until the context
     * initializes: then all beans are there, and no route yet.
     *
     * @return whether it has to wait; it is then called again
     */
    public static boolean deferred(CamelContext context, Service bean) {
        boolean early = context.getStatus() == ServiceStatus.Stopped;
        if (early) {
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextInitializing(CamelContext initializing) {
                    bean.start();
                }
            });
        }
        return early;
    }

    protected final Settings settings() {
        return new Settings(camelContext);
    }

    /** The bean of that name, started. */
    protected final <T> T bean(String name, Class<T> type) {
        return started(camelContext, name, type);
    }

    /** The bean of that name, started. */
    public static <T> T started(CamelContext context, String name, Class<T> type) {
        T bean = CamelContextHelper.mandatoryLookup(context, name, type);
        ServiceHelper.startService(bean);
        return bean;
    }

    @Override
    public final CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
