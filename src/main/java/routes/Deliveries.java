package routes;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * How deliveries are performed. A route gets the payload as its body and the event's columns as variables; it is done when it
 * ends, and tried again on the schedule when it throws. So it has no error handler of its own.
 */
public class Deliveries extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("delivery:jdbc/notification?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-notification")
            .routeDescription("Keeps the newest state of every subject, for types without a table of their own")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("rows", "notification"))
            .setBody(constant("resource:{{webhook.sql}}/notification_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/notification_update.sql"))
            .to("direct:sql");

        from("direct:sql")
            .routeId("sql")
            .routeDescription("Runs the statement in the body on the business tables, with the named parameters in the header")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .bean("deadline", "check")
            .to("jdbc:business?useHeadersAsParameters=true&resetAutoCommit=false"
                + "&statement.queryTimeout={{jdbc.query-timeout-seconds}}");
    }
    // @formatter:on
}
