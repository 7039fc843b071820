package routes;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * AccessRC: aid programs, their applications and what is delivered to beneficiaries. No body says what it is about: each event type has
 * a URL of its own. What the vendor says and does not say: docs/senders/accessrc.md.
 */
public class AccessRc extends RouteBuilder {

    // where it may go: tables, and what partners are told
    private static final String CHANNEL = "delivery:jdbc/delivery_channel";
    private static final String REQUEST = "delivery:jdbc/delivery_request";
    private static final String REFUND = "delivery:jdbc/delivery_refund";
    private static final String EVALUATION = "delivery:jdbc/eligibility_evaluation";
    private static final String IMPORT = "delivery:jdbc/applications_import";
    private static final String NOTIFICATION = "delivery:jdbc/notification";
    private static final String KAFKA = "delivery:kafka/accessrc";
    private static final String STATE_CHANGE = "delivery:callback/WorkflowStateChange";
    private static final String NOTES = "delivery:callback/Notes";

    // @formatter:off
    @Override
    public void configure() {

        templatedRoute("webhook")
            .routeId("accessrc-webhook")
            .parameter("sender", "accessrc")
            .parameter("path", "/webhooks/accessrc/{event}")
            // on as soon as a scheme is chosen
            .parameter("enabled", "{{bean:accessrc-auth.isOn}}")
            .parameter("auth", "accessrc-auth")
            .parameter("invalid", "reject")
            .parameter("answer", "accessrc-answer")
            .parameter("failures", "accessrc-failures");

        templatedRoute("event")
            .routeId("accessrc-event")
            .parameter("sender", "accessrc")
            // the end of the path, in either of the vendor's spellings
            .parameter("type", "${bean:accessrc-event?method=type}")
            .parameter("status", "${bean:accessrc-event?method=status}")
            .parameter("subject", "${bean:accessrc-event?method=subject}")
            .parameter("tenant", "{{sender.accessrc.tenant}}")
            // No body has a time of its own (requestedDate is that of the request it answers), so the order of the commits decides
            // what is newer: the clocks of instances differ. Nor has it an id.
            .parameter("identity", "type, body");

        from("direct:accessrc")
            .routeId("accessrc")
            .routeDescription("Names the deliveries of an event of AccessRC")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .choice()
                // what has become of a delivery channel that we asked for
                .when(simple("${variable.type} == 'DELIVERY_CHANNEL_STATUS_UPDATED' && ${variable.status} == 'Approved'")).to(CHANNEL, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'DELIVERY_CHANNEL_STATUS_UPDATED' && ${variable.status} == 'Rejected'")).to(CHANNEL, KAFKA, STATE_CHANGE)

                // something for us to do
                .when(simple("${variable.type} == 'DELIVERY_REQUEST_SENT'")).to(REQUEST, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'DELIVERY_REFUND_REQUESTED'")).to(REFUND, KAFKA, STATE_CHANGE)

                .when(simple("${variable.type} == 'PROGRAM_ELIGIBILITY_EVALUATED'")).to(EVALUATION, KAFKA, STATE_CHANGE)

                // what has become of applications that we sent
                .when(simple("${variable.type} == 'APPLICATIONS_IMPORT_RESULT' && ${variable.status} == 'SUCCESS'")).to(IMPORT, KAFKA, NOTES)
                .when(simple("${variable.type} == 'APPLICATIONS_IMPORT_RESULT' && ${variable.status} == 'PARTIAL_SUCCESS'")).to(IMPORT, KAFKA, NOTES)
                .when(simple("${variable.type} == 'APPLICATIONS_IMPORT_RESULT' && ${variable.status} == 'FAILED'")).to(IMPORT, KAFKA, NOTES)

                // A question, and answered at once: no news for partners.
                .when(simple("${variable.type} == 'PROGRAM_PULL_FORM'")).to(NOTIFICATION, KAFKA)
                // Its body is not published: nothing is known but that it came.
                .when(simple("${variable.type} == 'BENEFICIARY_SYNC'")).to(NOTIFICATION, KAFKA, NOTES)
                .otherwise().to("delivery:parked")
            .end();

        from("direct:accessrc-answer")
            .routeId("accessrc-answer")
            .routeDescription("Answers 200 with the envelope of AccessRC, and in it what the type demands")
            .routeGroup("ingress")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .removeProperty(Exchange.CHARSET_NAME)
            .choice()
                .when(simple("${variable.type} == 'DELIVERY_CHANNEL_STATUS_UPDATED'")).bean("accessrc-answers", "echo(${variable.event}, 'providerDeliveryChannelId')")
                .when(simple("${variable.type} == 'DELIVERY_REFUND_REQUESTED'")).bean("accessrc-answers", "echo(${variable.event}, 'deliveryId')")
                .when(simple("${variable.type} == 'PROGRAM_PULL_FORM'")).bean("accessrc-form", "response")
                .otherwise().setBody(constant(Map.of()))
            .end()
            .bean("accessrc-answers", "success")
            .marshal().json()
            .convertBodyTo(String.class)
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
    // @formatter:on
}
