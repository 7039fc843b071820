package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.auth.HmacPolicy;
import routes.support.TestRoutes;

/** The router alone: which deliveries it names for which type and state. */
class OptumConnectionsTest extends CamelTestSupport {

    private static final String PAYMENT = "callback/WorkflowStateChange jdbc/payment kafka/optum-connections";
    private static final String BATCH = "callback/WorkflowStateChange jdbc/payment_batch kafka/optum-connections";
    private static final String DOCUMENT = "callback/Document jdbc/document kafka/optum-connections";
    private static final String USER = "jdbc/notification kafka/optum-connections";

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("delivery", new MockComponent());
        registry.bind("optum-connections-hmac", new HmacPolicy("X", "", ""));
    }

    /** The templates have tests of their own, and the import needs a whole bundle. */
    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withRouteFilterIncludePattern("optum-connections");
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("sender.optum-connections.tenant", "lakeside");
        return new RoutesBuilder[] {
            new TestRoutes(routes -> {
                routes.routeTemplate("webhook").from("direct:webhook").to("mock:webhook");
                routes.routeTemplate("event").from("direct:event").to("mock:event");
            }),
            new OptumConnections()
        };
    }

    /** The destinations that the router names. */
    private String named(String type, String status) throws Exception {
        List<String> named = new ArrayList<>();
        AdviceWith.adviceWith(context, "optum-connections", advice -> advice.replaceFromWith("direct:router"));
        context.start();
        Exchange exchange = ExchangeBuilder.anExchange(context).build();
        exchange.setVariable("type", type);
        exchange.setVariable("status", status);
        template.send("direct:router", exchange);
        assertEquals(null, exchange.getException());
        context.getEndpoints().stream()
                .filter(endpoint -> endpoint instanceof MockEndpoint mock
                        && mock.getEndpointUri().startsWith("delivery:")
                        && !mock.getReceivedExchanges().isEmpty())
                .forEach(endpoint -> named.add(endpoint.getEndpointUri().replaceFirst("delivery:(//)?", "")));
        return String.join(" ", named.stream().sorted().toList());
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("batch_created", "Created", BATCH),
                arguments("batch_created", "Held", BATCH),
                arguments("batch_created", null, BATCH),
                arguments("payment_loading_requested", "Loading", PAYMENT),
                arguments("payment_loading_requested", "Queued", PAYMENT),
                arguments("payment_loading_completed", "anything", PAYMENT),
                arguments("payment_loading_failed", null, PAYMENT),
                arguments("user_created", "Active", USER),
                // types without a line of their own
                arguments("payment_distribution_started", "x", PAYMENT),
                arguments("payment_", "", PAYMENT),
                arguments("batch_released", "Released", BATCH),
                arguments("document_processed", "Processed", DOCUMENT),
                arguments("user_deleted", null, USER),
                // neither
                arguments("payment", "Loading", "parked"),
                arguments("payments_loaded", "Loading", "parked"),
                arguments("Payment_loading_completed", "Loaded", "parked"),
                arguments("funding_request_created", "Created", "parked"),
                arguments("my_batch_created", "Created", "parked"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void theTypeOrItsPrefixDecidesWhereItGoes(String type, String status, String destinations) throws Exception {
        assertEquals(destinations, named(type, status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "' == '' || ",
                "x' || ${variable.type} startsWith 'payment_",
                "${exception.stacktrace}",
                "\u0000",
                "\ud83d\ude00"
            })
    void aHostileTypeIsParked(String type) throws Exception {
        assertEquals("parked", named(type, type));
    }
}
