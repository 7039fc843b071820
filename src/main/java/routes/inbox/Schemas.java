package routes.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import routes.config.ContextService;
import routes.config.Settings;

/**
 * The schemas there are: {@code <webhook.schemas>/<sender>/<event type>.schema.json}, listed once at the start. A type from a payload
 * is looked up among them and never made into a name of a file or an endpoint.
 */
@BindToRegistry("schemas")
public class Schemas extends ContextService {

    private static final String SUFFIX = ".schema.json";
    private static final String ENVELOPE = "envelope";

    private Map<String, String> locations = Map.of();

    private String root;

    @Override
    protected void doStart() throws Exception {
        Settings settings = settings();
        root = settings.text("webhook.schemas");
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(getCamelContext());
        Collection<Resource> found = resolver.findResources(root + "/**/*" + SUFFIX);
        Map<String, String> known = new HashMap<>();
        for (Resource resource : found) {
            String[] path = resource.getLocation().replace('\\', '/').split("/");
            String type = path[path.length - 1];
            String name = path[path.length - 2] + "/" + type.substring(0, type.length() - SUFFIX.length());
            known.put(name, root + "/" + name + SUFFIX);
        }
        if (known.isEmpty()) {
            throw new IllegalStateException("no schemas in " + root);
        }
        locations = known;
    }

    /** Sets the variable {@code schema} to the place of the schema of this sender and type, or of the sender's envelope; or to null. */
    public void find(Exchange exchange) {
        String sender = exchange.getVariable("sender", String.class);
        String type = exchange.getVariable("type", String.class);
        String schema = locations.get(sender + "/" + type);
        exchange.setVariable("schema", schema == null ? locations.get(sender + "/" + ENVELOPE) : schema);
    }
}
