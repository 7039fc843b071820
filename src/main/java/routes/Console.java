package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The message browser: pages on which operators find an event, see its way and replay it. Off unless {@code console.enabled}. */
public class Console extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("platform-http:/console/login?httpMethodRestrict=GET")
            .routeId("console-login-form")
            .routeDescription("Where one logs in")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .setVariable("back", method("console-forms", "back"))
            .setVariable("page", constant("login"))
            .to("direct:console-page");

        from("platform-http:/console/login?httpMethodRestrict=POST")
            .routeId("console-login")
            .routeDescription("Client id and secret against a session, which is a token in a cookie")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .setVariable("back", method("console-forms", "back"))
            .bean("sessions", "open")
            .setHeader("Location", variable("back"))
            .to("direct:console-redirect");

        from("platform-http:/console/logout?httpMethodRestrict=POST")
            .routeId("console-logout")
            .routeDescription("Ends the session of this browser")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("sessions", "close")
                .setHeader("Location", constant("/console/login"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console?httpMethodRestrict=GET")
            .routeId("console")
            .routeDescription("How many events came in the last hour, what waits and what is dead")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setVariable("figures", method("delivery-figures", "details"))
                .setBody(method("throughput", "lastHour"))
                .setVariable("page", constant("overview"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/events?httpMethodRestrict=GET")
            .routeId("console-events")
            .routeDescription("The events that a filter finds, the newest first")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("events", "list"))
                .setVariable("senders", method("events", "senders"))
                .setVariable("page", constant("events"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/events/{id}?httpMethodRestrict=GET")
            .routeId("console-event")
            .routeDescription("One event and its way: received, routed, delivered, attempt by attempt")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("events", "get"))
                .setVariable("page", constant("event"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/events/{id}/payload?httpMethodRestrict=POST")
            .routeId("console-payload")
            .routeDescription("The payload of one event; who reads it, and why, is audited first")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-payloads")
                .bean("console-forms", "reason")
                .setVariable("id", method("console-forms", "id"))
                .setBody(method("events", "payload"))
                .setBody(method("payload-text", "of"))
                .setVariable("page", constant("payload"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/events/{id}/replay?httpMethodRestrict=POST")
            .routeId("console-event-replay")
            .routeDescription("One event again through today's extraction, schema and router")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .setVariable("id", method("console-forms", "id"))
                .to("direct:replay-event")
                .setHeader("Location", simple("/console/events/${variable.id}?done=replayed"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console/events/replay?httpMethodRestrict=POST")
            .routeId("console-events-replay")
            .routeDescription("How many events a filter finds, or the replay of these")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "replay")
                .to("direct:replay-events")
                .setVariable("page", constant("events-replay"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/deliveries?httpMethodRestrict=GET")
            .routeId("console-deliveries")
            .routeDescription("Dead letters: how many for which reason, and each of them")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .filter(method("console-forms", "wantsSummary"))
                    .bean("console-forms", "filter")
                    .setVariable("summary", method("delivery-list", "summary"))
                    .bean("console-forms", "page")
                .end()
                .setBody(method("delivery-list", "list"))
                .setVariable("senders", method("events", "senders"))
                .setVariable("page", constant("deliveries"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/deliveries/{id}/replay?httpMethodRestrict=POST")
            .routeId("console-delivery-replay")
            .routeDescription("Makes one delivery once more")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .setBody(method("delivery-replays", "one"))
                .setHeader("Location", simple("/console/events/${body[eventId]}?done=delivery-replayed"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console/deliveries/replay?httpMethodRestrict=POST")
            .routeId("console-deliveries-replay")
            .routeDescription("How many deliveries a filter finds, or the beginning of their replay")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "replay")
                .bean("delivery-replays", "begin")
                .choice()
                    .when(variable("preview").isEqualTo(true))
                        .setVariable("page", constant("deliveries-replay"))
                        .to("direct:console-page")
                    .otherwise()
                        .setHeader("Location", simple("/console/replays/${body[id]}?done=begun"))
                        .to("direct:console-redirect")
                .end()
            .end();

        from("platform-http:/console/replays?httpMethodRestrict=GET")
            .routeId("console-replays")
            .routeDescription("The latest replays of deliveries")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("delivery-replays", "list"))
                .setVariable("page", constant("replays"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/replays/{id}?httpMethodRestrict=GET")
            .routeId("console-replay")
            .routeDescription("How far a replay of deliveries is")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("delivery-replays", "progress"))
                .setVariable("page", constant("replay"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/replays/{id}/cancel?httpMethodRestrict=POST")
            .routeId("console-replay-cancel")
            .routeDescription("Takes back what of a replay nobody has tried yet")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .setBody(method("delivery-replays", "cancel"))
                .setHeader("Location", simple("/console/replays/${body[id]}?done=cancelled"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console/callbacks?httpMethodRestrict=GET")
            .routeId("console-callbacks")
            .routeDescription("The callbacks of all partners, and how each is")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("callback-health", "list"))
                .setVariable("page", constant("callbacks"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/destinations?httpMethodRestrict=GET")
            .routeId("console-destinations")
            .routeDescription("What waits for each destination, and what is paused")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("destinations", "list"))
                .setVariable("page", constant("destinations"))
                .to("direct:console-page")
            .end();

        from("platform-http:/console/destinations/pause?httpMethodRestrict=POST")
            .routeId("console-pause")
            .routeDescription("Has what goes to a destination wait")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-admin")
                .bean("console-forms", "destination")
                .bean("destination-control", "pause")
                .setHeader("Location", constant("/console/destinations?done=paused"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console/destinations/resume?httpMethodRestrict=POST")
            .routeId("console-resume")
            .routeDescription("Delivers what waits for a destination")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .policy("console-admin")
                .bean("console-forms", "destination")
                .bean("destination-control", "resume")
                .setHeader("Location", constant("/console/destinations?done=resumed"))
                .to("direct:console-redirect")
            .end();

        from("platform-http:/console/assets/{name}?httpMethodRestrict=GET")
            .routeId("console-asset")
            .routeDescription("A style sheet or a script of the pages, for anyone")
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures")
            .bean("console-assets", "serve");

        from("direct:console-page")
            .routeId("console-page")
            .routeDescription("Makes HTML of what the body, the variables and a template say; everything in it is escaped")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .setVariable("assets", method("console-assets", "links"))
            // answers are UTF-8, whatever charset the request names
            .removeProperty(Exchange.CHARSET_NAME)
            // a name that a route here has set
            .toD("freemarker:${variable.page}.ftlh?configuration=#console-templates")
            .setHeader(Exchange.CONTENT_TYPE, constant("text/html; charset=utf-8"))
            .setHeader("Content-Security-Policy", constant("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"))
            // with none at all, browsers would not say either whose page has sent a form
            .setHeader("Referrer-Policy", constant("same-origin"));

        from("direct:console-redirect")
            .routeId("console-redirect")
            .routeDescription("Leads to another page, so that loading that one again does nothing again")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(303))
            .setBody(constant(""));
    }
    // @formatter:on
}
