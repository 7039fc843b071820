package routes;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Delivery channels, requests with their items, refunds, imports with their errors, and evaluations with their criteria become rows. Each
 * statement commits on its own and may be repeated: what belongs to a row comes before it. Some notifications are long: what an
 * attempt before has written is left out, so that every attempt gets further; and the next ones follow quickly.
 */
public class AccessRcTables extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("delivery:jdbc/delivery_channel?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-delivery-channel")
            .routeDescription("Writes the state of a delivery channel")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("accessrc-rows", "deliveryChannel"))
            .setBody(constant("resource:{{webhook.sql}}/delivery_channel_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/delivery_channel_update.sql"))
            .to("direct:sql");

        from("delivery:jdbc/delivery_request?workers={{delivery.jdbc.workers}}&retrySchedule={{sender.accessrc.retry-schedule}}")
            .routeId("deliver-delivery-request")
            .routeDescription("Writes a delivery request and its items")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("accessrc-rows", "deliveryRequest"))
            .setBody(constant("resource:{{webhook.sql}}/delivery_request_item_written.sql"))
            .to("direct:sql")
            .split(method("accessrc-rows", "deliveryRequestItems")).stopOnException()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                .setBody(constant("resource:{{webhook.sql}}/delivery_request_item_insert.sql"))
                .to("direct:sql")
            .end()
            .setBody(constant("resource:{{webhook.sql}}/delivery_request_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/delivery_request_update.sql"))
            .to("direct:sql")
            // What an older or a newer event has left behind does not count any more.
            .setBody(constant("resource:{{webhook.sql}}/delivery_request_item_delete.sql"))
            .to("direct:sql");

        from("delivery:jdbc/delivery_refund?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-delivery-refund")
            .routeDescription("Writes that the refund of a delivery is asked for")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("accessrc-rows", "deliveryRefund"))
            .setBody(constant("resource:{{webhook.sql}}/delivery_refund_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/delivery_refund_update.sql"))
            .to("direct:sql");

        from("delivery:jdbc/applications_import?workers={{delivery.jdbc.workers}}&retrySchedule={{sender.accessrc.retry-schedule}}")
            .routeId("deliver-applications-import")
            .routeDescription("Writes the result of an import and its errors")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("accessrc-rows", "applicationsImport"))
            .setBody(constant("resource:{{webhook.sql}}/applications_import_error_written.sql"))
            .to("direct:sql")
            .split(method("accessrc-rows", "applicationsImportErrors")).stopOnException()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                .setBody(constant("resource:{{webhook.sql}}/applications_import_error_insert.sql"))
                .to("direct:sql")
            .end()
            .setBody(constant("resource:{{webhook.sql}}/applications_import_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/applications_import_update.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/applications_import_error_delete.sql"))
            .to("direct:sql");

        from("delivery:jdbc/eligibility_evaluation?workers={{delivery.jdbc.workers}}&retrySchedule={{sender.accessrc.retry-schedule}}")
            .routeId("deliver-eligibility-evaluation")
            .routeDescription("Writes the evaluation of each application, and its criteria")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("accessrc-evaluations", "program"))
            .setBody(constant("resource:{{webhook.sql}}/eligibility_evaluation_written.sql"))
            .to("direct:sql")
            .setVariable("evaluated", body())
            .setBody(constant("resource:{{webhook.sql}}/eligibility_criterion_written.sql"))
            .to("direct:sql")
            .split(method("accessrc-evaluations", "of")).stopOnException()
                .setVariable("evaluation", body())
                .split(simple("${variable.evaluation.criteria}")).stopOnException()
                    .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                    .setBody(constant("resource:{{webhook.sql}}/eligibility_criterion_insert.sql"))
                    .to("direct:sql")
                .end()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, simple("${variable.evaluation.row}"))
                .setBody(constant("resource:{{webhook.sql}}/eligibility_evaluation_insert.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/eligibility_evaluation_update.sql"))
                .to("direct:sql")
            .end()
            .setBody(constant("resource:{{webhook.sql}}/eligibility_criterion_delete.sql"))
            .to("direct:sql");

        from("direct:accessrc-erase")
            .routeId("accessrc-erase")
            .routeDescription("Erases what the tables have of a subject")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .setBody(constant(List.of(
                "delivery_channel",
                "delivery_request",
                "delivery_request_item",
                "delivery_refund",
                "applications_import",
                "applications_import_error",
                "eligibility_evaluation",
                "eligibility_criterion")))
            .to("direct:erase-rows");
    }
    // @formatter:on
}
