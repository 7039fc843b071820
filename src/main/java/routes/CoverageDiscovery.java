package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Optum Coverage Discovery: a search for a patient's insurance coverage is slow, so its task is pushed here when it concludes.
 * A task that failed is still a callback that succeeded: 204. What the vendor says and does not say:
 * docs/senders/coverage-discovery.md.
 */
public class CoverageDiscovery extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        templatedRoute("webhook")
            .routeId("coverage-discovery-webhook")
            .parameter("sender", "coverage-discovery")
            .parameter("path", "/webhooks/coverage-discovery")
            .parameter("enabled", "{{sender.coverage-discovery.enabled}}")
            .parameter("auth", "coverage-discovery-token")
            .parameter("correlationId", "${header.x-optum-correlation-id}")
            .parameter("invalid", "reject")
            .parameter("answer", "no-content");

        templatedRoute("event")
            .routeId("coverage-discovery-event")
            .parameter("sender", "coverage-discovery")
            .parameter("type", "task")
            .parameter("status", "${jsonpath(variable:event,$.status)}")
            .parameter("subject", "${jsonpath(variable:event,$.id)}")
            .parameter("tenant", "${header.x-optum-tenant-id}")
            .parameter("subtenant", "${header.x-optum-subtenant-id}")
            .parameter("pending", "${variable.status} == 'pending'")
            // a copy of the vendor's specification spells it endDatetime; a pending task has neither
            .parameter("occurredAt", "${jsonpath(variable:event,$.endDateTime)} ${jsonpath(variable:event,$.endDatetime)}")
            .parameter("identity", "tenant, subject, status, occurredAt");

        from("direct:coverage-discovery")
            .routeId("coverage-discovery")
            .routeDescription("Names the deliveries of a Coverage Discovery task")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .choice()
                .when(simple("${variable.status} == 'success'")).to("delivery:jdbc/coverage_discovery_task", "delivery:kafka/coverage-discovery", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.status} == 'failure'")).to("delivery:jdbc/coverage_discovery_task", "delivery:kafka/coverage-discovery", "delivery:callback/WorkflowStateChange")
                .when(simple("${variable.status} == 'pending'")).to("delivery:jdbc/coverage_discovery_task", "delivery:kafka/coverage-discovery", "delivery:callback/WorkflowStateChange")
                .otherwise().to("delivery:parked")
            .end();
    }
    // @formatter:on
}
