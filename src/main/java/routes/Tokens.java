package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Where clients of this bundle get their access tokens: the client credentials grant of RFC 6749. */
public class Tokens extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/oauth2/token")
            .post()
                .routeId("token-rest")
                .to("direct:token");

        from("direct:token")
            .routeId("token")
            .routeDescription("Client credentials against an access token")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .setBody(method("token-endpoint", "issue"))
            .removeHeaders("*")
            .setHeader("Pragma", constant("no-cache"))
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            // answers are UTF-8, whatever charset the request names
            .removeProperty(Exchange.CHARSET_NAME)
            .marshal().json()
            .convertBodyTo(String.class);
    }
    // @formatter:on
}
