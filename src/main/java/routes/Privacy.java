package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is kept, and how it goes: keys that seal it, clocks that end it, and erasure. */
public class Privacy extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/sealing")
            .get()
                .routeId("sealing-rest")
                .to("direct:sealing")
            .post("/reseal")
                .routeId("reseal-rest")
                .to("direct:reseal");

        from("direct:sealing")
            .routeId("sealing")
            .routeDescription("Which keys seal what is stored")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("resealing", "report"))
                .to("direct:json")
            .end();

        from("direct:reseal")
            .routeId("reseal")
            .routeDescription("Seals with the first key what another has sealed, as long as there is time")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("resealing", "reseal"))
                .to("direct:json")
            .end();
    }
    // @formatter:on
}
