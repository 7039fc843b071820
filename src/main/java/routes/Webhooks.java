package routes;

import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;

/**
 * How any webhook is received. A sender's file uses the templates {@code webhook} (the request) and {@code event} (what its body
 * tells) with what is special about the sender; what all have in common stands here, once, in the order in which it must happen.
 */
public class Webhooks extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        routeTemplate("webhook")
            .templateParameter("sender", null, "Who sends, in kebab-case; its notifications go to the route of the template event")
            .templateParameter("path", null, "Where it posts to")
            .templateParameter("enabled", null, "Whether it is switched on; off, the path answers 404")
            .templateParameter("auth", null, "The policy bean that lets it in")
            .templateParameter("correlationId", "", "Simple expression on the headers: the sender's id for finding it in logs")
            .templateParameter("invalid", "reject", "What an invalid one is answered: reject (400 or 415) or quarantine (as if it were valid)")
            .templateParameter("empty", "invalid", "What an empty body is: invalid, or the route that answers it; then nothing is stored")
            .templateParameter("answer", "accepted", "The route that answers an accepted one: no-content or accepted")
            .templateParameter("failures", "json-failures", "The route configuration that answers failures")
            .from("platform-http:{{path}}?httpMethodRestrict=POST")
                .routeDescription("Receives what {{sender}} posts")
                .routeGroup("ingress")
                .autoStartup("{{enabled}}")
                .routeConfigurationId("{{failures}}")
                .bean("metrics", "received('{{sender}}')")
                .setVariable("correlationId", simple("{{correlationId}}"))
                .policy("{{auth}}")
                    .bean("guard", "noQuery")
                    .bean("guard", "contentType")
                    .filter(simple("'{{empty}}' != 'invalid' && ${bean:guard.isEmpty} == true"))
                        // not to(): where it is invalid, there is no such route
                        .toD("direct:{{empty}}")
                        .stop()
                    .end()
                    .setVariable("path", header(Exchange.HTTP_PATH))
                    .to("direct:{{sender}}-event")
                    .filter(simple("${variable.invalid} != null && '{{invalid}}' == 'reject'"))
                        .bean("inbox", "reject")
                    .end()
                    .to("direct:{{answer}}")
                .end();

        routeTemplate("event")
            .templateParameter("sender", null, "Who sends, in kebab-case; also the name of its router, direct:<sender>")
            .templateParameter("type", null, "Simple expression: the event type, which also picks the schema")
            .templateParameter("status", "", "Simple expression: the state that the event tells of")
            .templateParameter("subject", "", "Simple expression: the id of the thing that the event is about")
            .templateParameter("tenant", "", "Simple expression: whose event it is")
            .templateParameter("subtenant", "", "Simple expression: which part of the tenant, where a sender tells")
            .templateParameter("pending", "${null} != null", "Simple predicate: whether it tells of something not concluded yet; older than all that is")
            .templateParameter("occurredAt", "", "Simple expression: when it happened, ISO 8601; of several words the first; decides what is newer")
            .templateParameter("correlationId", "${variable.correlationId}", "Simple expression: the sender's id for finding it in logs, where the body has it and not a header")
            .templateParameter("notificationId", "", "Simple expression: the sender's own id of the notification, where it gives one")
            .templateParameter("identity", "body", "The variables that tell one notification from another, comma-separated; body, or nothing in the first: its bytes")
            .templateParameter("test", "${null} != null", "Simple predicate: whether the sender marks it as a test")
            .from("direct:{{sender}}-event")
                .routeDescription("Takes out of a notification of {{sender}} what makes it an event, and has that accepted")
                .routeGroup("ingress")
                .errorHandler(noErrorHandler())
                .setVariable("sender", constant("{{sender}}"))
                .setVariable("identity", constant("{{identity}}"))
                .to("direct:read")
                .setVariable("type", simple("{{type}}"))
                .setVariable("status", simple("{{status}}"))
                .setVariable("subject", simple("{{subject}}"))
                .setVariable("tenant", simple("{{tenant}}"))
                .setVariable("subtenant", simple("{{subtenant}}"))
                .setVariable("pending", simple("{{pending}}", Boolean.class))
                .setVariable("occurredAt", simple("{{occurredAt}}"))
                .setVariable("correlationId", simple("{{correlationId}}"))
                .setVariable("notificationId", simple("{{notificationId}}"))
                .setVariable("test", simple("{{test}}", Boolean.class))
                .filter(simple("${variable.replay} != null"))
                    // no request tells it again
                    .bean("replay", "keep")
                .end()
                // The trust boundary: from here on nothing of the request is left but the body and these variables.
                .removeHeaders("*")
                .to("direct:accept");

        from("direct:read")
            .routeId("read")
            .routeDescription("Keeps the bytes, and parses them once for extraction and routing")
            .routeGroup("ingress")
            .errorHandler(noErrorHandler())
            .bean("inbox", "open")
            .doTry()
                .unmarshal().variableReceive("event").custom("event-json")
            .endDoTry()
            .doCatch(Exception.class)
                .setVariable("event", simple("${null}"))
                .removeProperty(Exchange.EXCEPTION_CAUGHT)
            .end()
            // No JSON object: there is nothing to extract, and the validation in accept says so.
            .setVariable("unreadable", simple("${variable.event} == null", Boolean.class));

        from("direct:accept")
            .routeId("accept")
            .routeDescription("Validates, routes and commits an event, wherever it comes from")
            .routeGroup("ingress")
            // A failure must reach the answer of whoever called.
            .errorHandler(noErrorHandler())
            .doTry()
                .filter(simple("${variable.invalid} == null"))
                    .bean("inbox", "checkEncoding")
                    .bean("schemas", "find")
                    .filter(simple("${variable.schema} != null"))
                        // The schema is one of those that were listed at the start.
                        .toD("json-validator:${variable.schema}"
                            + "?errorHandler=#schema-errors&objectMapper=#bounded-json"
                            + "&enabledDeserializationFeatures=FAIL_ON_TRAILING_TOKENS,FAIL_ON_READING_DUP_TREE_KEY")
                    .end()
                .end()
            .endDoTry()
            .doCatch(ValidationException.class)
                .bean("inbox", "invalid")
                .removeProperty(Exchange.EXCEPTION_CAUGHT)
            .end()
            .filter(simple("${variable.invalid} == null"))
                .toD("direct:${variable.sender}")
                .bean("drop-ins", "route")
                .filter(simple("${variable.test} == true"))
                    .bean("test-events", "keepBack")
                .end()
            .end()
            .choice()
                .when(simple("${variable.replay} != null")).bean("replay", "commit")
                .when(simple("${variable.explain} != null")).bean("explain", "report")
                .otherwise().bean("inbox", "commit")
            .end();

        from("direct:no-content")
            .routeId("no-content")
            .routeDescription("Answers 204 with nothing in it")
            .routeGroup("ingress")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setBody(constant(null))
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204));

        from("direct:accepted")
            .routeId("accepted")
            .routeDescription("Answers 202 with nothing in it")
            .routeGroup("ingress")
            .errorHandler(noErrorHandler())
            .removeHeaders("*")
            .setBody(constant(""))
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));
    }
    // @formatter:on
}
