package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.auth.ChosenPolicy;
import routes.http.AccessRcAnswers;
import routes.http.AccessRcForm;

/** The router alone: which deliveries it names for which type and state. */
class AccessRcTest extends CamelTestSupport {

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("delivery", new MockComponent());
        registry.bind("accessrc-answers", new AccessRcAnswers());
        registry.bind("accessrc-form", new AccessRcForm());
        registry.bind(
                "accessrc-auth",
                new ChosenPolicy(
                        new ChosenPolicy.Settings("sender.accessrc", "", "", "", "", ""), "x-signature", "sha256="));
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new EmptyTemplate(), new AccessRc()};
    }

    /** Stands in for the receive template, which has tests of its own. */
    private static final class EmptyTemplate extends RouteBuilder {
        @Override
        public void configure() {
            getContext().getPropertiesComponent().addInitialProperty("sender.accessrc.tenant", "lakeside");
            getContext().getPropertiesComponent().addInitialProperty("sender.accessrc.form-file", "");
            routeTemplate("webhook").from("direct:webhook").to("mock:webhook");
            routeTemplate("event").from("direct:event").to("mock:event");
        }
    }

    /** The destinations that the router names, sorted. */
    private List<String> named(String type, String status) throws Exception {
        List<String> named = new ArrayList<>();
        AdviceWith.adviceWith(context, "accessrc", advice -> advice.replaceFromWith("direct:router"));
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
        return named.stream().sorted().toList();
    }

    private static List<String> list(String destinations) {
        return Stream.of(destinations.split(" ")).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERY_CHANNEL_STATUS_UPDATED, Approved,        jdbc/delivery_channel kafka/accessrc callback/WorkflowStateChange",
        "DELIVERY_CHANNEL_STATUS_UPDATED, Rejected,        jdbc/delivery_channel kafka/accessrc callback/WorkflowStateChange",
        "DELIVERY_CHANNEL_STATUS_UPDATED, approved,        parked",
        "DELIVERY_CHANNEL_STATUS_UPDATED, ,                parked",
        "DELIVERY_REQUEST_SENT,           ,                jdbc/delivery_request kafka/accessrc callback/WorkflowStateChange",
        "DELIVERY_REFUND_REQUESTED,       ,                jdbc/delivery_refund kafka/accessrc callback/WorkflowStateChange",
        "PROGRAM_ELIGIBILITY_EVALUATED,   ,                jdbc/eligibility_evaluation kafka/accessrc callback/WorkflowStateChange",
        "APPLICATIONS_IMPORT_RESULT,      SUCCESS,         jdbc/applications_import kafka/accessrc callback/Notes",
        "APPLICATIONS_IMPORT_RESULT,      PARTIAL_SUCCESS, jdbc/applications_import kafka/accessrc callback/Notes",
        "APPLICATIONS_IMPORT_RESULT,      FAILED,          jdbc/applications_import kafka/accessrc callback/Notes",
        "APPLICATIONS_IMPORT_RESULT,      Approved,        parked",
        "APPLICATIONS_IMPORT_RESULT,      '',              parked",
        "PROGRAM_PULL_FORM,               ,                jdbc/notification kafka/accessrc",
        "BENEFICIARY_SYNC,                ,                jdbc/notification kafka/accessrc callback/Notes"
    })
    void typeAndStatusDecideWhereAnEventGoes(String type, String status, String destinations) throws Exception {
        assertEquals(list(destinations), named(type, status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PROGRAM.PULL_FORM",
                "BENEFICIARY_SYNC,PROGRAM_PULL_FORM",
                "../../x",
                "' == '' || ",
                "${exception.stacktrace}",
                "\u0000",
                "\ud83d\ude00"
            })
    void anyOtherTypeIsParked(String type) throws Exception {
        assertEquals(List.of("parked"), named(type, "Approved"));
    }
}
