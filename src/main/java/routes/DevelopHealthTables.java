package routes;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Benefit verifications, with their drugs, and prior authorizations, with their messages, become rows. Each statement commits on
 * its own and may be repeated: what belongs to a row comes before it.
 */
public class DevelopHealthTables extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("delivery:jdbc/benefit_verification?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-benefit-verification")
            .routeDescription("Writes a benefit verification and its drugs")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .split(method("develop-health-rows", "drugs")).stopOnException()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                .setBody(constant("resource:{{webhook.sql}}/benefit_verification_drug_insert.sql"))
                .to("direct:sql")
            .end()
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("develop-health-rows", "benefitVerification"))
            .setBody(constant("resource:{{webhook.sql}}/benefit_verification_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/benefit_verification_update.sql"))
            .to("direct:sql")
            // What an older or a newer event has left behind does not count any more.
            .setBody(constant("resource:{{webhook.sql}}/benefit_verification_drug_delete.sql"))
            .to("direct:sql");

        from("delivery:jdbc/prior_authorization?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-prior-authorization")
            .routeDescription("Writes a prior authorization and what is new in its message thread")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            // Every event has the whole thread: the ids tell which messages are here already.
            .split(method("develop-health-rows", "messages")).stopOnException()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                .setBody(constant("resource:{{webhook.sql}}/prior_authorization_message_insert.sql"))
                .to("direct:sql")
                .setBody(constant("resource:{{webhook.sql}}/prior_authorization_message_update.sql"))
                .to("direct:sql")
            .end()
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("develop-health-rows", "priorAuthorization"))
            .setBody(constant("resource:{{webhook.sql}}/prior_authorization_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/prior_authorization_update.sql"))
            .to("direct:sql");

        from("direct:develop-health-erase")
            .routeId("develop-health-erase")
            .routeDescription("Erases what the tables have of a subject")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .setBody(constant(List.of(
                "benefit_verification",
                "benefit_verification_drug",
                "prior_authorization",
                "prior_authorization_message")))
            .to("direct:erase-rows");
    }
    // @formatter:on
}
