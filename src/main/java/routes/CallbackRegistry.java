package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Partners, the callbacks that they register, and the echo by which they try one out. docs/callbacks.md is theirs. */
public class CallbackRegistry extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/partners")
            .put("/{partnerUniqueID}")
                .routeId("partner-put-rest")
                .to("direct:partner-put")
            .get("/{partnerUniqueID}")
                .routeId("partner-get-rest")
                .to("direct:partner-get")
            .delete("/{partnerUniqueID}")
                .routeId("partner-delete-rest")
                .to("direct:partner-delete")
            .get("/{partnerUniqueID}/callbacks")
                .routeId("callbacks-rest")
                .to("direct:callbacks")
            .put("/{partnerUniqueID}/callbacks/{notificationType}")
                .routeId("callback-put-rest")
                .to("direct:callback-put")
            .delete("/{partnerUniqueID}/callbacks/{notificationType}")
                .routeId("callback-delete-rest")
                .to("direct:callback-delete")
            .post("/{partnerUniqueID}/callbacks/{notificationType}/rotate-secret")
                .routeId("callback-rotate-secret-rest")
                .to("direct:callback-rotate-secret")
            .post("/{partnerUniqueID}/callbacks/{notificationType}/pause")
                .routeId("callback-pause-rest")
                .to("direct:callback-pause")
            .post("/{partnerUniqueID}/callbacks/{notificationType}/resume")
                .routeId("callback-resume-rest")
                .to("direct:callback-resume")
            .post("/{partnerUniqueID}/callbacks/{notificationTypeID}/echo")
                .routeId("echo-rest")
                .to("direct:echo");

        from("direct:partner-put")
            .routeId("partner-put")
            .routeDescription("Creates or replaces a partner and its grants")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("admin-token")
                .setBody(method("partners", "put"))
                .to("direct:json")
            .end();

        from("direct:partner-get")
            .routeId("partner-get")
            .routeDescription("One partner with its grants")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("admin-token")
                .setBody(method("partners", "get"))
                .to("direct:json")
            .end();

        from("direct:partner-delete")
            .routeId("partner-delete")
            .routeDescription("Removes a partner and all that it has")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("admin-token")
                .bean("partners", "delete")
                .to("direct:no-content")
            .end();

        from("direct:callbacks")
            .routeId("callbacks")
            .routeDescription("Lists the callbacks of a partner")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-token")
                // not setBody(method(...)): that would set the variable totalCount on a copy of the exchange
                .bean("callbacks", "list")
                .to("direct:json")
                .setHeader("X-Total-Count", simple("${variable.totalCount}"))
            .end();

        from("direct:callback-put")
            .routeId("callback-put")
            .routeDescription("Creates or updates the callback of a notification type")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-token")
                .setBody(method("callbacks", "put"))
                .to("direct:json")
            .end();

        from("direct:callback-delete")
            .routeId("callback-delete")
            .routeDescription("Removes the callback of a notification type, and cancels what is still to be sent to it")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-token")
                .bean("callbacks", "delete")
                .to("direct:no-content")
            .end();

        from("direct:callback-rotate-secret")
            .routeId("callback-rotate-secret")
            .routeDescription("Signs with another secret from now on, and for a while with the one before as well")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-or-admin-token")
                .setBody(method("callback-control", "rotate"))
                .to("direct:json")
            .end();

        from("direct:callback-pause")
            .routeId("callback-pause")
            .routeDescription("Has what is to be sent to a callback wait")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-or-admin-token")
                .setBody(method("callback-control", "pause"))
                .to("direct:json")
            .end();

        from("direct:callback-resume")
            .routeId("callback-resume")
            .routeDescription("Sends what waits for a callback: after a pause, or after the partner wanted no more")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-or-admin-token")
                .setBody(method("callback-control", "resume"))
                .to("direct:json")
            .end();

        from("direct:echo")
            .routeId("echo")
            .routeDescription("Sends a partner a test notification, by the way of all notifications, and answers what came of it")
            .routeGroup("registry")
            .routeConfigurationId("registry-failures")
            .policy("partner-token")
                .bean("echo", "check")
                // While it waits it holds a thread that webhooks want: so only a few may, and it is asked before anything is stored.
                .bean("echo-attempt", "reserve")
                .bean("guard", "contentType")
                .bean("inbox", "open")
                .bean("echo", "normalise")
                .removeHeaders("*")
                .to("direct:accept")
                .filter(simple("${variable.invalid} != null"))
                    .bean("inbox", "reject")
                .end()
                .bean("echo-attempt", "await")
                .to("direct:json")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${variable.answerStatus}"))
            .end();

        from("direct:partner-api")
            .routeId("partner-api")
            .routeDescription("Names the delivery of an echo: to the partner's own callback, never to tables or Kafka")
            .routeGroup("routing")
            .errorHandler(noErrorHandler())
            .choice()
                .when(simple("${variable.type} == 'WorkflowStateChange'")).to("delivery:callback/WorkflowStateChange")
                .when(simple("${variable.type} == 'Notes'")).to("delivery:callback/Notes")
                .when(simple("${variable.type} == 'Document'")).to("delivery:callback/Document")
                .otherwise().to("delivery:parked")
            .end();
    }
    // @formatter:on
}
