package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Clients that operators make by API, beside those of the properties. docs/clients.md tells of both. */
public class ClientRegistry extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/clients")
            .post()
                .routeId("client-create-rest")
                .to("direct:client-create")
            .get()
                .routeId("clients-rest")
                .to("direct:clients")
            .get("/{clientId}")
                .routeId("client-get-rest")
                .to("direct:client-get")
            .put("/{clientId}")
                .routeId("client-put-rest")
                .to("direct:client-put")
            .delete("/{clientId}")
                .routeId("client-delete-rest")
                .to("direct:client-delete")
            .post("/{clientId}/rotate-secret")
                .routeId("client-rotate-secret-rest")
                .to("direct:client-rotate-secret");

        from("direct:client-create")
            .routeId("client-create")
            .routeDescription("Makes a client, and shows its secret once")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("client-admin", "create"))
                .to("direct:json")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(201))
            .end();

        from("direct:clients")
            .routeId("clients")
            .routeDescription("Lists the clients, those of the properties too")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                // not setBody(method(...)): that would set the variable totalCount on a copy of the exchange
                .bean("client-admin", "list")
                .to("direct:json")
                .setHeader("X-Total-Count", simple("${variable.totalCount}"))
            .end();

        from("direct:client-get")
            .routeId("client-get")
            .routeDescription("One client, without its secret")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("client-admin", "get"))
                .to("direct:json")
            .end();

        from("direct:client-put")
            .routeId("client-put")
            .routeDescription("Changes what a client may do")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("client-admin", "put"))
                .to("direct:json")
            .end();

        from("direct:client-delete")
            .routeId("client-delete")
            .routeDescription("Removes a client, and ends its tokens")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .bean("client-admin", "delete")
                .to("direct:no-content")
            .end();

        from("direct:client-rotate-secret")
            .routeId("client-rotate-secret")
            .routeDescription("Makes another secret for a client, and for a while takes the one before as well")
            .routeGroup("registry")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("client-rotation", "rotate"))
                .to("direct:json")
            .end();
    }
    // @formatter:on
}
