package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Develop Health: benefit verifications and prior authorizations, pushed whenever something about them changes, each time the
 * whole of it. What the vendor says and does not say: docs/senders/develop-health.md.
 */
public class DevelopHealth extends RouteBuilder {

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
            .parameter("test", "${jsonpath(variable:event,$.data.mock_result)} != null");

        from("direct:develop-health")
            .routeId("develop-health")
            .routeDescription("Names the deliveries of a benefit verification or a prior authorization")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .setVariable("outcome", simple("${jsonpath(variable:event,$.data.outcome.result)}"))
            .setVariable("direction", method("message-thread", "newestDirection"))
            .setVariable("keepBack", simple("${variable.test} == true && '{{sender.develop-health.deliver-tests}}' != 'true'", Boolean.class))
            .choice()
                // A result of the vendor's mock service reaches the tables, marked as a test there, and nobody else.
                .when(simple("${variable.keepBack} == true && ${variable.type} == 'benefit_verification.status_change'")).to("delivery:jdbc/benefit_verification")
                .when(simple("${variable.keepBack} == true && ${variable.type} == 'prior_authorization.provider_outreach_change'")).to("delivery:jdbc/notification")
                .when(simple("${variable.keepBack} == true && ${variable.type} in 'prior_authorization.status_change,prior_authorization.activity_log_updated,prior_authorization.message,prior_authorization.prescription_transfer_change,prior_authorization.real_time_benefits_check_change'")).to("delivery:jdbc/prior_authorization")

                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'pending'")).to("delivery:jdbc/benefit_verification", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'completed'")).to("delivery:jdbc/benefit_verification", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'failed'")).to("delivery:jdbc/benefit_verification", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'benefit_verification.status_change' && ${variable.status} == 'cancelled'")).to("delivery:jdbc/benefit_verification", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")

                // something for us to do
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'awaiting_review,awaiting_provider_response'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                // running
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'created,processing,awaiting_outcome,validating_outcome'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                // concluded
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Approved'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Denied'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Other'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'completed' && ${variable.outcome} == 'Not Submitted'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} == 'not_submitted'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'prior_authorization.status_change' && ${variable.status} in 'failed,cancelled'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")

                // Our own messages come back to us; a partner that was told of them might answer, and hear of its answer, for ever.
                .when(simple("${variable.type} == 'prior_authorization.message' && ${variable.direction} == 'sent'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health")
                .when(simple("${variable.type} == 'prior_authorization.message'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/Notes")
                .when(simple("${variable.type} == 'prior_authorization.real_time_benefits_check_change'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/Notes")
                // faxes and notes of calls
                .when(simple("${variable.type} == 'prior_authorization.activity_log_updated'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/Document")
                .when(simple("${variable.type} == 'prior_authorization.prescription_transfer_change'")).to("delivery:jdbc/prior_authorization", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                // about an outreach, not about the prior authorization
                .when(simple("${variable.type} == 'prior_authorization.provider_outreach_change'")).to("delivery:jdbc/notification", "delivery:kafka/develop-health", "delivery:callback/WorkflowStateChange")
                .otherwise().to("delivery:parked")
            .end();
    }
    // @formatter:on
}
