package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.kafka.KafkaConstants;

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

        from("delivery:kafka?workers={{kafka.workers}}&retrySchedule={{kafka.retry-schedule}}")
            .routeId("deliver-kafka")
            .routeDescription("Publishes the payload as it came, as a CloudEvent in binary mode, keyed by its subject")
            .routeGroup("delivery")
            .precondition("${properties:kafka.brokers} != ''")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setHeader("ce_specversion", constant("1.0"))
            .setHeader("ce_id", simple("${variable.eventId}", String.class))
            .setHeader("ce_source", simple("/webhooks/${variable.sender}"))
            .setHeader("ce_type", variable("type"))
            .setHeader("ce_subject", variable("subject"))
            .setHeader("ce_tenant", variable("tenant"))
            .setHeader("ce_time", simple("${variable.occurredAt?.toInstant}", String.class))
            // No order is promised under retries: of two events about one subject, the newer has the greater.
            .setHeader("ce_sequence", variable("eventOrder"))
            .setHeader("content-type", constant("application/json"))
            .setHeader(KafkaConstants.KEY, variable("subject"))
            .setHeader(KafkaConstants.OVERRIDE_TOPIC, simple("{{kafka.topic-prefix}}${variable.destinationName}"))
            .to("kafka:webhooks");

        from("delivery:callback?workers={{callback.workers}}&perLane={{callback.per-partner}}"
                + "&attemptSeconds={{callback.timeout-seconds}}&retrySchedule={{callback.retry-schedule}}&payload=false")
            .routeId("deliver-callback")
            .routeDescription("Tells a partner, at the URL that it has registered, signed as Standard Webhooks has it")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .bean("callback-request", "address")
            .setVariable("contentType", constant("application/json"))
            .choice()
                .when(simple("${variable.format} == 'original'"))
                    .bean("event-payload", "read")
                .when(simple("${variable.format} == 'cloudevents'"))
                    .bean("event-payload", "read")
                    .setBody(method("cloud-event", "of"))
                    .marshal().json()
                    .setVariable("contentType", constant("application/cloudevents+json"))
                // An echo's payload is the notification itself.
                .when(simple("${variable.sender} != 'partner-api'"))
                    .setBody(method("notification-body", "of"))
                    .marshal().json()
            .end()
            .setVariable("content", body())
            .to("direct:callback-post")
            .filter(method("callback-auth", "isTokenRefused"))
                // once, with a new token
                .to("direct:callback-post")
            .end()
            .bean("callback-request", "check");

        from("direct:callback-post")
            .routeId("callback-post")
            .routeDescription("Posts the content to the partner: signed, and with what the partner knows us by")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setBody(variable("content"))
            .bean("callback-auth", "apply")
            .bean("callback-request", "sign")
            .setHeader(Exchange.CONTENT_TYPE, variable("contentType"))
            .to("http:callback?httpMethod=POST&httpClientConfigurer=#callback-client&throwExceptionOnFailure=false"
                + "&copyHeaders=false");

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
