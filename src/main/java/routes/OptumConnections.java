package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Optum Connections: payments, batches of payments, documents and users, pushed when something becomes of them; and what it could not
 * push, imported by an operator. What the vendor says and does not say: docs/senders/optum-connections.md.
 */
public class OptumConnections extends RouteBuilder {

    private static final String PAYMENT = "delivery:jdbc/payment";
    private static final String BATCH = "delivery:jdbc/payment_batch";
    private static final String DOCUMENT = "delivery:jdbc/document";
    private static final String NOTIFICATION = "delivery:jdbc/notification";
    private static final String KAFKA = "delivery:kafka/optum-connections";
    private static final String STATE_CHANGE = "delivery:callback/WorkflowStateChange";
    private static final String DOCUMENT_CHANGE = "delivery:callback/Document";

    // @formatter:off
    @Override
    public void configure() {

        templatedRoute("webhook")
            .routeId("optum-connections-webhook")
            .parameter("sender", "optum-connections")
            .parameter("path", "/webhooks/optum-connections")
            // on as soon as there is a secret
            .parameter("enabled", "{{bean:optum-connections-hmac.isOn}}")
            .parameter("auth", "optum-connections-hmac")
            // an endpoint that keeps refusing is cut off
            .parameter("invalid", "quarantine")
            .parameter("empty", "optum-connections-handshake")
            .parameter("answer", "accepted");

        templatedRoute("event")
            .routeId("optum-connections-event")
            .parameter("sender", "optum-connections")
            // a missed event comes without its envelope: then all stands one level higher, and id, time and causationId are lost
            .parameter("type", "${bean:paths?method=either(*, '$.type', '$.data.type')}")
            .parameter("status", "${bean:paths?method=either(*, '$.data.status', '$.status')}")
            .parameter("subject", "${bean:paths?method=either(*, '$.id', '$.paymentNetwork.id.paymentId')}")
            .parameter("tenant", "{{sender.optum-connections.tenant}}")
            .parameter("correlationId", "${jsonpath(variable:event,$.causationId)}")
            .parameter("occurredAt", "${bean:paths?method=withoutBlanks(*, '$.time')} ${bean:optum-connections-missed-events?method=arrival}")
            // the id is the object's, and causationId may be that of several events
            .parameter("notificationId", "${bean:optum-connections-missed-events?method=notificationId}")
            .parameter("identity", "notificationId, type, subject");

        from("direct:optum-connections")
            .routeId("optum-connections")
            .routeDescription("Names the deliveries of a payment, a batch, a document or a user")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .choice()
                .when(simple("${variable.type} == 'batch_created' && ${variable.status} == 'Created'")).to(BATCH, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'payment_loading_requested' && ${variable.status} == 'Loading'")).to(PAYMENT, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'payment_loading_completed'")).to(PAYMENT, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'payment_loading_failed'")).to(PAYMENT, KAFKA, STATE_CHANGE)
                // a person, and nobody's state: no partner
                .when(simple("${variable.type} == 'user_created'")).to(NOTIFICATION, KAFKA)

                // The vendor's list of types is not published: what has no line of its own, and other states, go where their kind goes.
                .when(simple("${variable.type} startsWith 'payment_'")).to(PAYMENT, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} startsWith 'batch_'")).to(BATCH, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} startsWith 'document_'")).to(DOCUMENT, KAFKA, DOCUMENT_CHANGE)
                .when(simple("${variable.type} startsWith 'user_'")).to(NOTIFICATION, KAFKA)
                .otherwise().to("delivery:parked")
            .end();

        // Before the first event the vendor wants a handshake, and does not publish which. This is a guess: edit it here.
        from("direct:optum-connections-handshake")
            .routeId("optum-connections-handshake")
            .routeDescription("Answers a GET, and a signed POST with nothing in it; nothing is stored")
            .routeGroup("ingress")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setBody(constant(""))
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(200));

        from("platform-http:/webhooks/optum-connections?httpMethodRestrict=GET")
            .routeId("optum-connections-get")
            .routeDescription("Whether anybody is here")
            .routeGroup("ingress")
            .autoStartup("{{bean:optum-connections-hmac.isOn}}")
            .routeConfigurationId("json-failures")
            .to("direct:optum-connections-handshake");

        from("platform-http:/events/import/optum-connections?httpMethodRestrict=POST")
            .routeId("optum-connections-import")
            .routeDescription("Takes the vendor's list of missed events, and answers what became of each")
            .routeGroup("operations")
            .autoStartup("{{bean:optum-connections-hmac.isOn}}")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .bean("guard", "contentType")
                .filter(simple("${variable.invalid} != null"))
                    .bean("inbox", "reject")
                .end()
                .bean("optum-connections-missed-events", "open")
                .removeHeaders("*")
                .to("direct:optum-connections-missed")
                .setBody(method("optum-connections-missed-events", "result"))
                .to("direct:json")
            .end();

        from("direct:optum-connections-missed")
            .routeId("optum-connections-missed")
            .routeDescription("Missed events one by one, in their order, as if they came now, as long as there is time; the first that cannot be stored ends it")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .split(method("optum-connections-missed-events", "items")).stopOnException()
                .filter(method("optum-connections-missed-events", "goesOn"))
                    .bean("optum-connections-missed-events", "take")
                    .to("direct:optum-connections-event")
                    .bean("optum-connections-missed-events", "count")
                .end()
            .end();
    }
    // @formatter:on
}
