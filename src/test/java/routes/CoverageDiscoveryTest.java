package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router alone: which deliveries it names for which state of a task. */
class CoverageDiscoveryTest extends CamelTestSupport {

    private static final List<String> DESTINATIONS = List.of("jdbc/coverage_discovery_task", "parked");

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("delivery", new MockComponent());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new EmptyTemplate(), new CoverageDiscovery()};
    }

    /** Stands in for the receive template, which has tests of its own. */
    private static final class EmptyTemplate extends RouteBuilder {
        @Override
        public void configure() {
            getContext().getPropertiesComponent().addInitialProperty("sender.coverage-discovery.enabled", "false");
            routeTemplate("webhook").from("direct:webhook").to("mock:webhook");
            routeTemplate("event").from("direct:event").to("mock:event");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "success,     jdbc/coverage_discovery_task",
        "failure,     jdbc/coverage_discovery_task",
        "pending,     jdbc/coverage_discovery_task",
        "cancelled,   parked",
        "SUCCESS,     parked",
        "'',          parked",
        "../../etc/x, parked"
    })
    void theStateDecidesWhereATaskGoes(String status, String destination) {
        Exchange exchange = ExchangeBuilder.anExchange(context).build();
        exchange.setVariable("status", status);
        template.send("direct:coverage-discovery", exchange);
        List<String> named = DESTINATIONS.stream()
                .filter(name -> !context.getEndpoint("delivery:" + name, MockEndpoint.class)
                        .getReceivedExchanges()
                        .isEmpty())
                .toList();
        assertEquals(List.of(destination), named);
    }
}
