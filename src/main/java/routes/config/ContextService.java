package routes.config;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A bean with a life. Camel starts such beans in no particular order, and each while it is still injecting the others: so a bean
 * asks here for settings and for other beans when it starts, and has nothing injected.
 */
public abstract class ContextService extends ServiceSupport implements CamelContextAware {

    private CamelContext camelContext;

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
