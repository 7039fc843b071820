package routes.support;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import routes.config.ContextService;
import routes.sealing.Sealing;

/** Key sets outside a bundle. */
public final class Sealings {

    private Sealings() {}

    /** What seals and opens with the keys of such a property. */
    public static Sealing of(String keys) {
        Properties settings = new Properties();
        settings.setProperty("sealing.keys", keys);
        settings.setProperty("demo.enabled", "false");
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(settings);
        context.build();
        context.getRegistry().bind("sealing", new Sealing());
        context.start();
        return ContextService.started(context, "sealing", Sealing.class);
    }
}
