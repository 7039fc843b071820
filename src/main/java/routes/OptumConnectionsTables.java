package routes;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Payments, batches of payments and documents become rows. Each statement commits on its own and may be repeated. An event that names
 * no subject, as a missed batch event does, has no row.
 */
public class OptumConnectionsTables extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("delivery:jdbc/payment?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-payment")
            .routeDescription("Writes a payment")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .filter(simple("${variable.subject} != null"))
                .unmarshal().variableReceive("event").custom("exact-json")
                .setHeader(JdbcConstants.JDBC_PARAMETERS, method("optum-connections-rows", "payment"))
                .setBody(constant("resource:{{webhook.sql}}/payment_insert.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/payment_update.sql"))
                .to("direct:sql")
                // An older event fills in what the newer ones have not told.
                .setBody(constant("resource:{{webhook.sql}}/payment_fill.sql"))
                .to("direct:sql")
            .end();

        from("delivery:jdbc/payment_batch?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-payment-batch")
            .routeDescription("Writes a batch of payments")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .filter(simple("${variable.subject} != null"))
                .unmarshal().variableReceive("event").custom("exact-json")
                .setHeader(JdbcConstants.JDBC_PARAMETERS, method("optum-connections-rows", "paymentBatch"))
                .setBody(constant("resource:{{webhook.sql}}/payment_batch_insert.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/payment_batch_update.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/payment_batch_fill.sql"))
                .to("direct:sql")
            .end();

        from("delivery:jdbc/document?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-document")
            .routeDescription("Writes what any document event tells; what else it has is not published")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .filter(simple("${variable.subject} != null"))
                .unmarshal().variableReceive("event").custom("exact-json")
                .setHeader(JdbcConstants.JDBC_PARAMETERS, method("optum-connections-rows", "document"))
                .setBody(constant("resource:{{webhook.sql}}/document_insert.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/document_update.sql"))
                .to("direct:sql")
            .end();

        from("direct:optum-connections-erase")
            .routeId("optum-connections-erase")
            .routeDescription("Erases what the tables have of a subject")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .setBody(constant(List.of(
                "payment",
                "payment_batch",
                "document")))
            .to("direct:erase-rows");
    }
    // @formatter:on
}
