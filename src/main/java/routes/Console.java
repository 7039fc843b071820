package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** The message browser: pages on which operators find an event, see its way and replay it. Off unless {@code console.enabled}. */
public class Console extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        page("/login", "console-login-form", "Where one logs in")
            .setVariable("back", method("console-forms", "back"))
            .setVariable("page", constant("login"))
            .to("direct:console-page");

        action("/login", "console-login", "Client id and secret against a session, which is a token in a cookie")
            .setVariable("back", method("console-forms", "back"))
            .bean("sessions", "open")
            .setHeader("Location", variable("back"))
            .to("direct:console-redirect");

        action("/logout", "console-logout", "Ends the session of this browser")
            .policy("console-operations")
                .bean("sessions", "close")
                .setHeader("Location", constant("/console/login"))
                .to("direct:console-redirect")
            .end();

        page("", "console", "How many events came in the last hour, what waits and what is dead")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setVariable("figures", method("delivery-figures", "details"))
                .setBody(method("throughput", "lastHour"))
                .setVariable("page", constant("overview"))
                .to("direct:console-page")
            .end();

        page("/events", "console-events", "The events that a filter finds, the newest first")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("events", "list"))
                .setVariable("senders", method("events", "senders"))
                .setVariable("page", constant("events"))
                .to("direct:console-page")
            .end();

        page("/events/{id}", "console-event", "One event and its way: received, routed, delivered, attempt by attempt")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("events", "get"))
                .setVariable("page", constant("event"))
                .to("direct:console-page")
            .end();

        action("/events/{id}/payload", "console-payload", "The payload of one event; who reads it, and why, is audited first")
            .policy("console-payloads")
                .bean("console-forms", "reason")
                .setVariable("id", method("console-forms", "id"))
                .setBody(method("events", "payload"))
                .setBody(method("payload-text", "of"))
                .setVariable("page", constant("payload"))
                .to("direct:console-page")
            .end();

        action("/events/{id}/replay", "console-event-replay", "One event again through today's extraction, schema and router")
            .policy("console-operations")
                .setVariable("id", method("console-forms", "id"))
                .to("direct:replay-event")
                .setHeader("Location", simple("/console/events/${variable.id}?done=replayed"))
                .to("direct:console-redirect")
            .end();

        action("/events/replay", "console-events-replay", "How many events a filter finds, or the replay of these")
            .policy("console-operations")
                .bean("console-forms", "replay")
                .to("direct:replay-events")
                .setVariable("page", constant("events-replay"))
                .to("direct:console-page")
            .end();

        page("/deliveries", "console-deliveries", "Dead letters: how many for which reason, and each of them")
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

        action("/deliveries/{id}/replay", "console-delivery-replay", "Makes one delivery once more")
            .policy("console-operations")
                .setBody(method("delivery-replays", "one"))
                .setHeader("Location", simple("/console/events/${body[eventId]}?done=delivery-replayed"))
                .to("direct:console-redirect")
            .end();

        action("/deliveries/replay", "console-deliveries-replay", "How many deliveries a filter finds, or the beginning of their replay")
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

        page("/replays", "console-replays", "The latest replays of deliveries")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("delivery-replays", "list"))
                .setVariable("page", constant("replays"))
                .to("direct:console-page")
            .end();

        page("/replays/{id}", "console-replay", "How far a replay of deliveries is")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("delivery-replays", "progress"))
                .setVariable("page", constant("replay"))
                .to("direct:console-page")
            .end();

        action("/replays/{id}/cancel", "console-replay-cancel", "Takes back what of a replay nobody has tried yet")
            .policy("console-operations")
                .setBody(method("delivery-replays", "cancel"))
                .setHeader("Location", simple("/console/replays/${body[id]}?done=cancelled"))
                .to("direct:console-redirect")
            .end();

        page("/callbacks", "console-callbacks", "The callbacks of all partners, and how each is")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("callback-health", "list"))
                .setVariable("page", constant("callbacks"))
                .to("direct:console-page")
            .end();

        page("/destinations", "console-destinations", "What waits for each destination, and what is paused")
            .policy("console-operations")
                .bean("console-forms", "query")
                .setBody(method("destinations", "list"))
                .setVariable("page", constant("destinations"))
                .to("direct:console-page")
            .end();

        action("/destinations/pause", "console-pause", "Has what goes to a destination wait")
            .policy("console-admin")
                .bean("console-forms", "destination")
                .bean("destination-control", "pause")
                .setHeader("Location", constant("/console/destinations?done=paused"))
                .to("direct:console-redirect")
            .end();

        action("/destinations/resume", "console-resume", "Delivers what waits for a destination")
            .policy("console-admin")
                .bean("console-forms", "destination")
                .bean("destination-control", "resume")
                .setHeader("Location", constant("/console/destinations?done=resumed"))
                .to("direct:console-redirect")
            .end();

        page("/assets/{name}", "console-asset", "A style sheet or a script of the pages, for anyone")
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

    /** What shows something. */
    private RouteDefinition page(String path, String id, String description) {
        return served("GET", path, id, description);
    }

    /** What does something. */
    private RouteDefinition action(String path, String id, String description) {
        return served("POST", path, id, description);
    }

    private RouteDefinition served(String method, String path, String id, String description) {
        return from("platform-http:/console" + path + "?httpMethodRestrict=" + method)
            .routeId(id)
            .routeDescription(description)
            .routeGroup("operations")
            .autoStartup("{{console.enabled}}")
            .routeConfigurationId("console-failures");
    }
    // @formatter:on
}
