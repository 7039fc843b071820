package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Develop Health: benefit verifications and prior authorizations, pushed whenever something about them changes, each time the
 * whole of it. What the vendor says and does not say: docs/senders/develop-health.md.
 */
public class DevelopHealth extends RouteBuilder {

    // where it may go: tables, Kafka, and what partners are told
    private static final String VERIFICATION = "delivery:jdbc/benefit_verification";
    private static final String AUTHORIZATION = "delivery:jdbc/prior_authorization";
    private static final String NOTIFICATION = "delivery:jdbc/notification";
    private static final String KAFKA = "delivery:kafka/develop-health";
    private static final String STATE_CHANGE = "delivery:callback/WorkflowStateChange";
    private static final String NOTES = "delivery:callback/Notes";
    private static final String DOCUMENT = "delivery:callback/Document";

    // @formatter:off
    @Override
    public void configure() {

        templatedRoute("webhook")
            .routeId("develop-health-webhook")
            .parameter("sender", "develop-health")
            .parameter("path", "/webhooks/develop-health")
            // on as soon as there is a secret
            .parameter("enabled", "{{bean:develop-health-jwt.isOn}}")
            .parameter("auth", "develop-health-jwt")
            .parameter("invalid", "quarantine")
            .parameter("answer", "accepted");

        templatedRoute("event")
            .routeId("develop-health-event")
            .parameter("sender", "develop-health")
            .parameter("type", "${jsonpath(variable:event,$.event_type)}")
            .parameter("status", "${jsonpath(variable:event,$.data.status)}")
            .parameter("subject", "${jsonpath(variable:event,$.data.id)}")
            .parameter("tenant", "{{sender.develop-health.tenant}}")
            // older envelopes have no time; then it is the time of arrival, so that the two kinds are still in order
            .parameter("occurredAt", "${jsonpath(variable:event,$.occurred_at)} ${date:now:yyyy-MM-dd'T'HH:mm:ss.SSSXXX}")
            // nor an id; then it is the bytes
            .parameter("notificationId", "${jsonpath(variable:event,$.event_id)}")
            .parameter("identity", "notificationId")
            // a result of the vendor's mock service: it goes to tables only
            .parameter("test", "${jsonpath(variable:event,$.data.mock_result)} != null");

        from("direct:develop-health")
            .routeId("develop-health")
            .routeDescription("Names the deliveries of a benefit verification or a prior authorization")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .setVariable("outcome", simple("${jsonpath(variable:event,$.data.outcome.result)}"))
            .setVariable("direction", method("message-thread", "newestDirection"))
            .choice()
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'pending'")).to(VERIFICATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'completed'")).to(VERIFICATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'failed'")).to(VERIFICATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'cancelled'")).to(VERIFICATION, KAFKA, STATE_CHANGE)

                // something for us to do
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'awaiting_review,awaiting_provider_response'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                // running
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'created,processing,awaiting_outcome,validating_outcome'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                // concluded
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Approved'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Denied'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Other'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Not Submitted'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'not_submitted'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'failed,cancelled'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)

                // Our own messages come back to us; a partner that was told of them might answer, and hear of its answer, for ever.
                .when(simple("${variable.type} == 'prior_authorization.message' && ${variable.direction} == 'sent'")).to(AUTHORIZATION, KAFKA)
                .when(simple("${variable.type} == 'prior_authorization.message'")).to(AUTHORIZATION, KAFKA, NOTES)
                .when(simple("${variable.type} == 'prior_authorization.real_time_benefits_check_change'")).to(AUTHORIZATION, KAFKA, NOTES)
                // faxes and notes of calls
                .when(simple("${variable.type} == 'prior_authorization.activity_log_updated'")).to(AUTHORIZATION, KAFKA, DOCUMENT)
                .when(simple("${variable.type} == 'prior_authorization.prescription_transfer_change'")).to(AUTHORIZATION, KAFKA, STATE_CHANGE)
                // about an outreach, not about the prior authorization
                .when(simple("${variable.type} == 'prior_authorization.provider_outreach_change'")).to(NOTIFICATION, KAFKA, STATE_CHANGE)
                .otherwise().to("delivery:parked")
            .end();
    }
    // @formatter:on
}
