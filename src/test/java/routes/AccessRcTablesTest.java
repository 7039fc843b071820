package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.AccessRcEvaluations;
import routes.delivery.AccessRcRows;

/** The delivery routes up to their statements: which, in which order, and which not again after an attempt that was cut short. */
class AccessRcTablesTest extends TableRouteCases {

    private int written;

    AccessRcTablesTest() {
        super(new AccessRcTables(), "accessrc-rows", new AccessRcRows());
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        super.bindToRegistry(registry);
        registry.bind("accessrc-evaluations", new AccessRcEvaluations());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("sender.accessrc.retry-schedule", "1s");
        return super.createRouteBuilders();
    }

    @Override
    Object answer(Object statement) {
        return List.of(Map.of("written", (long) written));
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
        assertEquals(
                statements.strip(),
                statements("deliver-" + route, "accessrc/valid/" + fixture + ".json", "x").stream()
                        .map(AccessRcTablesTest::statement)
                        .collect(Collectors.joining(" ")));
    }

    /** Its name, and of a row among several the position. */
    private static String statement(Exchange sent) {
        String name = name(sent);
        Object position = assertInstanceOf(Map.class, sent.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS))
                .get("position");
        return position == null ? name : name + ":" + position;
    }
}
