package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.AccessRcEvaluations;
import routes.delivery.AccessRcRows;
import routes.delivery.ExactJson;
import routes.support.Fixtures;
import routes.support.TestRoutes;

/** The delivery routes up to their statements: which, in which order, and which not again after an attempt that was cut short. */
class AccessRcTablesTest extends CamelTestSupport {

    private static final List<String> ROUTES = List.of(
            "deliver-delivery-channel",
            "deliver-delivery-request",
            "deliver-delivery-refund",
            "deliver-applications-import",
            "deliver-eligibility-evaluation");

    private int written;

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("exact-json", new ExactJson());
        registry.bind("accessrc-rows", new AccessRcRows());
        registry.bind("accessrc-evaluations", new AccessRcEvaluations());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("webhook.sql", "sql");
        context.getPropertiesComponent().addInitialProperty("delivery.jdbc.workers", "1");
        context.getPropertiesComponent().addInitialProperty("sender.accessrc.retry-schedule", "1s");
        return new RoutesBuilder[] {
            new AccessRcTables(),
            new TestRoutes(routes -> routes.from("direct:sql").to("mock:sql").process(exchange -> exchange.getMessage()
                    .setBody(List.of(Map.of("written", (long) written)))))
        };
    }

    @ParameterizedTest
    @CsvSource({
        "delivery-channel, DELIVERY_CHANNEL_STATUS_UPDATED.01-approved, 0,"
                + " delivery_channel_insert delivery_channel_update",
        "delivery-refund, DELIVERY_REFUND_REQUESTED.01-refund, 0, delivery_refund_insert delivery_refund_update",
        "delivery-request, DELIVERY_REQUEST_SENT.01-everything, 0, delivery_request_item_written"
                + " delivery_request_item_insert:0 delivery_request_item_insert:1"
                + " delivery_request_insert delivery_request_update delivery_request_item_delete",
        "delivery-request, DELIVERY_REQUEST_SENT.01-everything, 1, delivery_request_item_written"
                + " delivery_request_item_insert:1"
                + " delivery_request_insert delivery_request_update delivery_request_item_delete",
        "applications-import, APPLICATIONS_IMPORT_RESULT.02-partial-success, 0, applications_import_error_written"
                + " applications_import_error_insert:0 applications_import_error_insert:1"
                + " applications_import_insert applications_import_update applications_import_error_delete",
        "applications-import, APPLICATIONS_IMPORT_RESULT.02-partial-success, 2, applications_import_error_written"
                + " applications_import_insert applications_import_update applications_import_error_delete",
        "eligibility-evaluation, PROGRAM_ELIGIBILITY_EVALUATED.01-two-applications, 0, eligibility_evaluation_written eligibility_criterion_written"
                + " eligibility_criterion_insert:0 eligibility_criterion_insert:1 eligibility_criterion_insert:2"
                + " eligibility_evaluation_insert eligibility_evaluation_update"
                + " eligibility_criterion_insert:3 eligibility_evaluation_insert eligibility_evaluation_update"
                + " eligibility_criterion_delete",
        // the first application all the same: its own row may be missing
        "eligibility-evaluation, PROGRAM_ELIGIBILITY_EVALUATED.01-two-applications, 2, eligibility_evaluation_written eligibility_criterion_written"
                + " eligibility_criterion_insert:2"
                + " eligibility_evaluation_insert eligibility_evaluation_update"
                + " eligibility_criterion_insert:3 eligibility_evaluation_insert eligibility_evaluation_update"
                + " eligibility_criterion_delete",
        "eligibility-evaluation, PROGRAM_ELIGIBILITY_EVALUATED.01-two-applications, 4, eligibility_evaluation_written eligibility_criterion_written"
                + " eligibility_evaluation_insert eligibility_evaluation_update"
                + " eligibility_criterion_delete"
    })
    void aRowIsWrittenAfterWhatBelongsToIt(String route, String fixture, int before, String statements)
            throws Exception {
        written = before;
        for (String id : ROUTES) {
            AdviceWith.adviceWith(context, id, advice -> advice.replaceFromWith("direct:" + id));
        }
        context.start();
        MockEndpoint sql = getMockEndpoint("mock:sql");
        sql.setCopyOnExchange(true);
        Exchange exchange = ExchangeBuilder.anExchange(context)
                .withBody(Fixtures.bytes("accessrc/valid/" + fixture + ".json"))
                .build();
        Map.<String, Object>of("eventId", UUID.randomUUID(), "eventOrder", "1", "subject", "x", "tenant", "t")
                .forEach(exchange::setVariable);
        template.send("direct:deliver-" + route, exchange);

        assertEquals(null, exchange.getException());
        assertEquals(
                statements.strip(),
                sql.getReceivedExchanges().stream()
                        .map(AccessRcTablesTest::statement)
                        .collect(Collectors.joining(" ")));
    }

    /** Its name, and of a row among several the position. */
    private static String statement(Exchange sent) {
        String name = sent.getMessage()
                .getBody(String.class)
                .replace("resource:sql/", "")
                .replace(".sql", "");
        Object position = assertInstanceOf(Map.class, sent.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS))
                .get("position");
        return position == null ? name : name + ":" + position;
    }
}
