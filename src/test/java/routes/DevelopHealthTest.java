package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.jsonpath.JsonPathLanguage;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.auth.JwtHeaderPolicy;
import routes.delivery.MessageThread;

/** The router alone: which deliveries it names for which type and state. */
class DevelopHealthTest extends CamelTestSupport {

    private static final String BV = "benefit_verification.status_change";
    private static final String PA = "prior_authorization.";

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("delivery", new MockComponent());
        registry.bind("message-thread", new MessageThread());
        registry.bind("develop-health-jwt", new JwtHeaderPolicy("X-Webhook-Secret", "", 60, false));
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new EmptyTemplate(), new DevelopHealth()};
    }

    /** Stands in for the receive template, which has tests of its own. */
    private static final class EmptyTemplate extends RouteBuilder {
        @Override
        public void configure() {
            // as in application.properties
            ((JsonPathLanguage) getContext().resolveLanguage("jsonpath")).setSuppressExceptions(true);
            getContext().getPropertiesComponent().addInitialProperty("sender.develop-health.tenant", "lakeside");
            routeTemplate("webhook").from("direct:webhook").to("mock:webhook");
            routeTemplate("event").from("direct:event").to("mock:event");
        }
    }

    /** The destinations that the router names, as it does, in order. */
    private List<String> named(String type, String status, Map<String, Object> data) throws Exception {
        List<String> named = new ArrayList<>();
        AdviceWith.adviceWith(context, "develop-health", advice -> advice.replaceFromWith("direct:router"));
        context.start();
        Exchange exchange = ExchangeBuilder.anExchange(context).build();
        exchange.setVariable("type", type);
        exchange.setVariable("status", status);
        exchange.setVariable("event", Map.of("data", data));
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
        "pending,   jdbc/benefit_verification kafka/develop-health callback/WorkflowStateChange",
        "completed, jdbc/benefit_verification kafka/develop-health callback/WorkflowStateChange",
        "failed,    jdbc/benefit_verification kafka/develop-health callback/WorkflowStateChange",
        "cancelled, jdbc/benefit_verification kafka/develop-health callback/WorkflowStateChange",
        "Completed, parked",
        "'',        parked",
        ",          parked",
        "../../x,   parked"
    })
    void theStatusDecidesWhereABenefitVerificationGoes(String status, String destinations) throws Exception {
        assertEquals(list(destinations), named(BV, status, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "created,                    Pending,       told",
        "processing,                 Pending,       told",
        "awaiting_outcome,           ,              told",
        "validating_outcome,         Approved,      told",
        "awaiting_review,            Pending,       told",
        "awaiting_provider_response, Pending,       told",
        "completed,                  Approved,      told",
        "completed,                  Denied,        told",
        "completed,                  Other,         told",
        "completed,                  Not Submitted, told",
        "completed,                  Pending,       parked",
        "completed,                  ,              parked",
        "completed,                  Half,          parked",
        "not_submitted,              Not Submitted, told",
        "not_submitted,              ,              told",
        "failed,                     Pending,       told",
        "cancelled,                  Approved,      told",
        "awaiting,                   Pending,       parked",
        "'failed,cancelled',         Pending,       parked",
        "'',                         Approved,      parked",
        ",                           Approved,      parked"
    })
    void statusAndOutcomeDecideWhereAPriorAuthorizationGoes(String status, String outcome, String expected)
            throws Exception {
        Map<String, Object> result = new HashMap<>();
        result.put("result", outcome);
        assertEquals(
                list(
                        expected.equals("told")
                                ? "jdbc/prior_authorization kafka/develop-health callback/WorkflowStateChange"
                                : expected),
                named(PA + "status_change", status, Map.of("outcome", result)));
    }

    @ParameterizedTest
    @CsvSource({
        "activity_log_updated,            jdbc/prior_authorization kafka/develop-health callback/Document",
        "prescription_transfer_change,    jdbc/prior_authorization kafka/develop-health callback/WorkflowStateChange",
        "real_time_benefits_check_change, jdbc/prior_authorization kafka/develop-health callback/Notes",
        "message,                         jdbc/prior_authorization kafka/develop-health callback/Notes",
        "provider_outreach_change,        jdbc/notification kafka/develop-health callback/WorkflowStateChange",
        "determination,                   parked",
        "Message,                         parked",
        "status_change/../message,        parked"
    })
    void theOtherTypesGoTheirWayWhateverTheStatus(String type, String destinations) throws Exception {
        assertEquals(list(destinations), named(PA + type, "anything", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        // directions and times of the messages, in the order of the thread
        "received 10:00:00Z,                                       callback/Notes",
        "sent 10:00:00Z,                                           ''",
        "received 10:00:00Z sent 10:00:01Z,                        ''",
        "sent 10:00:01Z received 10:00:00Z,                        ''",
        "sent 10:00:00Z received 10:00:00.000000001Z,              callback/Notes",
        "sent 12:00:00+02:00 received 10:30:00Z,                   callback/Notes",
        "received 10:00:00Z sent 10:00:00Z,                        ''",
        "received 10:00:00Z sent noon,                             callback/Notes",
        "received noon sent noon,                                  ''",
        "sideways 10:00:00Z,                                       callback/Notes"
    })
    void ourOwnMessagesAreNotToldToPartners(String thread, String callback) throws Exception {
        List<Map<String, Object>> messages = new ArrayList<>();
        String[] words = thread.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            messages.add(Map.of("direction", words[i], "timestamp", "2026-07-01T" + words[i + 1]));
        }
        assertEquals(
                list(("jdbc/prior_authorization kafka/develop-health " + callback).strip()),
                named(PA + "message", "completed", Map.of("message_thread", Map.of("messages", messages))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "' == '' || ", "${exception.stacktrace}", "\u0000", "\ud83d\ude00"})
    void aHostileTypeIsParked(String type) throws Exception {
        assertEquals(List.of("parked"), named(type, type, Map.of()));
    }
}
