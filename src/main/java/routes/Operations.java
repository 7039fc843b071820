package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** What operators ask: which events there are, what became of their deliveries, and, audited, what was in them. */
public class Operations extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        rest("/events")
            .get()
                .routeId("events-rest")
                .to("direct:events")
            .get("/{id}")
                .routeId("event-rest")
                .to("direct:event")
            .get("/{id}/payload")
                .routeId("event-payload-rest")
                .to("direct:event-payload")
            .post("/{id}/replay")
                .routeId("event-replay-rest")
                .to("direct:event-replay")
            .post("/replay")
                .routeId("events-replay-rest")
                .to("direct:events-replay")
            .post("/explain")
                .routeId("event-explain-rest")
                .to("direct:event-explain");

        from("direct:events")
            .routeId("events")
            .routeDescription("Lists events, the newest first, with their deliveries and attempts")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("events", "list"))
                .to("direct:json")
            .end();

        from("direct:event")
            .routeId("event")
            .routeDescription("One event with its deliveries and attempts")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setBody(method("events", "get"))
                .to("direct:json")
            .end();

        from("direct:event-payload")
            .routeId("event-payload")
            .routeDescription("The payload of one event, as it came; who reads it is audited first")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("payloads-token")
                .setBody(method("events", "payload"))
                .removeHeaders("*")
                .setHeader("Cache-Control", constant("no-store"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            .end();

        from("direct:event-replay")
            .routeId("event-replay")
            .routeDescription("One event again through today's extraction, schema and router; adds the deliveries that are missing")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .to("direct:replay-event")
                .setBody(method("events", "get"))
                .to("direct:json")
            .end();

        from("direct:replay-event")
            .routeId("replay-event")
            .routeDescription("The event of the path again through today's extraction, schema and router")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .bean("replay", "open")
            .removeHeaders("*")
            // one of the routes that there are
            .toD("direct:${variable.sender}-event");

        from("direct:events-replay")
            .routeId("events-replay")
            .routeDescription("Counts the events that a filter finds, or replays them one after another, the oldest first")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .to("direct:replay-events")
                .to("direct:json")
            .end();

        from("direct:replay-events")
            .routeId("replay-events")
            .routeDescription("The events that the filter in the body finds, or how many these are")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .bean("replays", "open")
            .removeHeaders("*")
            // each on a copy of this exchange, so that none sees the variables of another
            .split(body())
                .filter(method("replays", "goesOn"))
                    .to("direct:event-replay-next")
                .end()
            .end()
            .setBody(method("replays", "report"));

        from("direct:event-replay-next")
            .routeId("event-replay-next")
            .routeDescription("One event of a replay; a failure is noted, and does not stop the others")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .doTry()
                .bean("replay", "load")
                // one of the routes that there are
                .toD("direct:${variable.sender}-event")
                .bean("replays", "replayed")
            .endDoTry()
            .doCatch(Exception.class)
                .bean("replays", "refused")
                .removeProperty(Exchange.EXCEPTION_CAUGHT)
            .end();

        from("direct:event-explain")
            .routeId("event-explain")
            .routeDescription("What would happen to a notification; stores nothing")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .bean("explain", "open")
                // one of the routes that there are
                .toD("direct:${variable.explain}")
                .setBody(variable("explanation"))
                .to("direct:json")
            .end();

        from("timer:delivery-figures?delay=0&period={{metrics.database-seconds}}s")
            .routeId("delivery-figures")
            .routeDescription("Counts what waits and what is dead, for metrics and health")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .bean("delivery-figures", "read");

        from("platform-http:/openapi.yaml?httpMethodRestrict=GET")
            .routeId("openapi")
            .routeDescription("The contract of all that is served here, for anyone")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .removeHeaders("*")
            .removeProperty(Exchange.CHARSET_NAME)
            .setBody(method("openapi-document", "content"))
            .setHeader(Exchange.CONTENT_TYPE, constant("application/yaml"));

        from("direct:json")
            .routeId("json")
            .routeDescription("Answers the body as JSON")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            // answers are UTF-8, whatever charset the request names
            .removeProperty(Exchange.CHARSET_NAME)
            .marshal().json(true)
            .convertBodyTo(String.class);
    }
    // @formatter:on
}
