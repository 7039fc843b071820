package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** What operators do when deliveries fail: see what has ended and why, make it once more, and have what goes somewhere wait. */
public class Recovery extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/deliveries")
            .get()
                .routeId("deliveries-rest")
                .to("direct:deliveries")
            .get("/summary")
                .routeId("deliveries-summary-rest")
                .to("direct:deliveries-summary")
            .post("/{id}/replay")
                .routeId("delivery-replay-rest")
                .to("direct:delivery-replay")
            .post("/replay")
                .routeId("deliveries-replay-rest")
                .to("direct:deliveries-replay");

        rest("/replays")
            .get()
                .routeId("replays-rest")
                .to("direct:replays")
            .get("/{id}")
                .routeId("replay-rest")
                .to("direct:replay")
            .post("/{id}/cancel")
                .routeId("replay-cancel-rest")
                .to("direct:replay-cancel");

        rest("/destinations")
            .get()
                .routeId("destinations-rest")
                .to("direct:destinations")
            .post("/pause")
                .routeId("destination-pause-rest")
                .to("direct:destination-pause")
            .post("/resume")
                .routeId("destination-resume-rest")
                .to("direct:destination-resume");

        from("direct:deliveries")
            .routeId("deliveries")
            .routeDescription("Lists deliveries that have ended, the latest first: dead letters unless another state is asked for")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-list", "list"))
                .to("direct:json")
            .end();

        from("direct:deliveries-summary")
            .routeId("deliveries-summary")
            .routeDescription("How many deliveries have ended for which reason at which destination")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-list", "summary"))
                .to("direct:json")
            .end();

        from("direct:delivery-replay")
            .routeId("delivery-replay")
            .routeDescription("Makes one delivery once more, under the same id")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-replays", "one"))
                .to("direct:json")
            .end();

        from("direct:deliveries-replay")
            .routeId("deliveries-replay")
            .routeDescription("Counts the deliveries that a filter finds, or makes them once more, so many a second")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                // not setBody(method(...)): that would set the variable answerStatus on a copy of the exchange
                .bean("delivery-replays", "begin")
                .to("direct:json")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${variable.answerStatus}"))
            .end();

        from("direct:replays")
            .routeId("replays")
            .routeDescription("Lists the latest replays of deliveries")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-replays", "list"))
                .to("direct:json")
            .end();

        from("direct:replay")
            .routeId("replay")
            .routeDescription("How far a replay of deliveries is")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-replays", "progress"))
                .to("direct:json")
            .end();

        from("direct:replay-cancel")
            .routeId("replay-cancel")
            .routeDescription("Takes back what of a replay nobody has tried yet")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("delivery-replays", "cancel"))
                .to("direct:json")
            .end();

        from("direct:destinations")
            .routeId("destinations")
            .routeDescription("What waits for each destination, what is paused, and which partners are left alone")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("destinations", "list"))
                .to("direct:json")
            .end();

        from("direct:destination-pause")
            .routeId("destination-pause")
            .routeDescription("Has what goes to a destination wait")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("destination-control", "pause"))
                .to("direct:json")
            .end();

        from("direct:destination-resume")
            .routeId("destination-resume")
            .routeDescription("Delivers what waits for a destination")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("destination-control", "resume"))
                .to("direct:json")
            .end();
    }
    // @formatter:on
}
