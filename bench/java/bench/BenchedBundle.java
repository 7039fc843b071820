package bench;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import routes.delivery.DeliveryEndpoint;
import routes.inbox.Unstored;
import routes.store.Database;

/** The bundle as a process of its own, with switches that only the benchmark has. */
public final class BenchedBundle extends RouteBuilder {

    static final String HOLD = "/bench/hold";
    /** Followed by the kind of deliveries that are to be made again: jdbc, kafka or callback. */
    static final String RELEASE = "/bench/release/";

    static final String EMPTY = "/bench/empty";
    static final String WITHOUT_STORE = "/bench/without-store";

    private static final int TRIES = 10;

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new BenchedBundle());
        main.run(arguments);
    }

    // @formatter:off
    @Override
    public void configure() {
        from("platform-http:" + HOLD).process(exchange -> hold(exchange.getContext()));
        from("platform-http:" + RELEASE + "{kind}").process(exchange -> release(exchange.getContext(), exchange.getMessage().getHeader("kind", String.class)));
        from("platform-http:" + EMPTY).process(exchange -> empty(exchange.getContext()));
        from("platform-http:" + WITHOUT_STORE).process(BenchedBundle::withoutStore);
    }
    // @formatter:on

    /** No delivery is made from now on: they wait in the database. */
    private static void hold(CamelContext context) throws Exception {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof DeliveryEndpoint) {
                context.getRouteController().stopRoute(route.getRouteId());
            }
        }
    }

    private static void release(CamelContext context, String kind) throws Exception {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof DeliveryEndpoint delivery
                    && delivery.getDestination().startsWith(kind)) {
                context.getRouteController().startRoute(route.getRouteId());
            }
        }
    }

    /** Again after a deadlock with deliveries that are being made. */
    private static void empty(CamelContext context) throws Exception {
        DataSource tables = context.getRegistry().lookupByNameAndType(Database.BUSINESS, DataSource.class);
        for (int tries = 1; ; tries++) {
            try (Connection connection = tables.getConnection()) {
                Store.empty(connection);
                return;
            } catch (SQLException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The same routes, up to the queue of the inbox. */
    private static void withoutStore(Exchange exchange) throws Exception {
        CamelContext context = exchange.getContext();
        context.getRegistry().bind("unstored", new Unstored(context));
        AdviceWith.adviceWith(context, "accept", route -> route.weaveByToString(
                        ".*ref:inbox method:commit.*|.*bean\\[ref:inbox.*commit.*")
                .replace()
                .bean("unstored", "commit"));
    }
}
