package routes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.delivery.Plan;

/**
 * Routes that somebody has dropped in beside the bundle, in YAML, without a compiler: {@code <webhook.drop-ins>/routes/*.yaml}. What a
 * router parks goes to the one named {@code <sender>:<event type>}, if there is one.
 */
@BindToRegistry("drop-ins")
public class DropIns extends ContextService implements StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(DropIns.class);
    private static final String SUFFIX = ".yaml";

    private Path folder;

    @Override
    protected void doStart() throws Exception {
        folder = Path.of(settings().text("webhook.drop-ins"), "routes");
        List<Resource> files = files();
        if (!files.isEmpty()) {
            LOG.info("drop-ins: {} of {}", files.size(), folder);
            PluginHelper.getRoutesLoader(getCamelContext()).loadRoutes(files);
        }
        getCamelContext().addStartupListener(this);
    }

    private List<Resource> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(DropIns::isRead)
                    .sorted()
                    .map(file -> ResourceHelper.resolveResource(getCamelContext(), "file:" + file))
                    .toList();
        }
    }

    private static boolean isRead(Path file) {
        if (file.toString().endsWith(".yml")) {
            LOG.warn("drop-ins: {} is not read, its name must end in {}", file, SUFFIX);
        }
        return file.toString().endsWith(SUFFIX);
    }

    /** In dev mode what is saved there takes effect at once, and with it the schemas that have come meanwhile. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
        if (context.hasService(RouteWatcherReloadStrategy.class) == null || !Files.isDirectory(folder)) {
            return;
        }
        FileWatcherResourceReloadStrategy watcher = new FileWatcherResourceReloadStrategy(folder.toString());
        watcher.setFileFilter(file -> file.getName().endsWith(SUFFIX));
        watcher.setResourceReload((name, resource) -> {
            bean("schemas", Schemas.class).list();
            PluginHelper.getRoutesLoader(context).updateRoutes(resource);
        });
        context.addService(watcher);
    }

    /**
     * Has the drop-in, where there is one, name the deliveries of what the router has parked. It is looked up among the routes there
     * are: nothing of a payload is made into the name of an endpoint.
     *
     * @throws Exception what the drop-in throws: the sender is not acknowledged then
     */
    public void route(Exchange exchange) throws Exception {
        Plan plan = Plan.of(exchange);
        if (!plan.parked()) {
            return;
        }
        Route dropIn =
                exchange.getContext().getRoute(exchange.getVariable("sender") + ":" + exchange.getVariable("type"));
        if (dropIn != null) {
            plan.unpark();
            // A copy, which shares the plan: what it does to headers, body and error handling stays there.
            Exchange copy = ExchangeHelper.createCopy(exchange, true);
            dropIn.getProcessor().process(copy);
            if (copy.getException() != null) {
                throw copy.getException();
            }
        }
    }
}
