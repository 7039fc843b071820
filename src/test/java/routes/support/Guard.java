package routes.support;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import routes.registry.UrlGuard;

/** The URL guard alone, with the settings of application.properties, and with a resolver of ours. */
public final class Guard {

    private Guard() {}

    /** One that finds no host. */
    public static UrlGuard of(Map<String, String> settings) {
        return of(settings, new InMemoryDnsResolver());
    }

    /** @param settings what differs from application.properties */
    public static UrlGuard of(Map<String, String> settings, DnsResolver names) {
        CamelContext context = context(settings);
        context.getRegistry().bind("resolver", names);
        UrlGuard guard = new UrlGuard();
        guard.setCamelContext(context);
        guard.start();
        return guard;
    }

    /** What beans ask for their settings; it has no routes. */
    public static CamelContext context(Map<String, String> settings) {
        Properties overrides = new Properties();
        overrides.putAll(settings);
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setLocation("classpath:application.properties");
        context.getPropertiesComponent().setOverrideProperties(overrides);
        context.start();
        return context;
    }
}
