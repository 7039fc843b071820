package routes;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

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

        rest("/signing-keys")
            .get()
                .routeId("signing-keys-rest")
                .to("direct:signing-keys")
            .post("/rotate")
                .routeId("signing-key-rotate-rest")
                .to("direct:signing-key-rotate");

        rest("/erasures")
            .post()
                .routeId("erasure-open-rest")
                .to("direct:erasure-open")
            .get("/{id}")
                .routeId("erasure-rest")
                .to("direct:erasure");

        from("timer:retention?delay={{retention.sweep-seconds}}s&period={{retention.sweep-seconds}}s")
            .routeId("retention")
            .routeDescription("Removes what has had its time")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .bean("retention", "sweep");

        from("direct:erasure-open")
            .routeId("erasure-open")
            .routeDescription("Takes a request to erase an event, or all of a subject")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("erasure-requests", "open"))
                .to("direct:json")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202))
            .end();

        from("direct:erasure")
            .routeId("erasure")
            .routeDescription("How far an erasure is")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("erasure-requests", "progress"))
                .to("direct:json")
            .end();

        from("timer:erasures?period={{erasure.sweep-seconds}}s")
            .routeId("erasures-due")
            .routeDescription("Erases what is to be erased, from the inbox and then from the business tables")
            .routeGroup("operations")
            .errorHandler(noErrorHandler())
            .doTry()
                .bean("erasures", "next")
                .loopDoWhile(simple("${variable.erasure} != null"))
                    .setHeader(JdbcConstants.JDBC_PARAMETERS, method("erasures", "parameters"))
                    .setBody(constant(List.of("notification")))
                    .to("direct:erase-rows")
                    // one of the senders that there are; it may have no tables of its own
                    .toD("direct:${variable.sender}-erase?failIfNoConsumers=false")
                    .bean("erasures", "done")
                    .bean("erasures", "next")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .bean("erasures", "failed(*, ${exception})")
            .end();

        from("direct:erase-rows")
            .routeId("erase-rows")
            .routeDescription("Erases the rows that the tables in the body have of a subject")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .split(body()).stopOnException()
                .setBody(method("erasures", "statement"))
                .to("direct:sql")
            .end();

        from("direct:sealing")
            .routeId("sealing")
            .routeDescription("Which keys seal what is stored")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("resealing", "report"))
                .to("direct:json")
            .end();

        from("direct:signing-keys")
            .routeId("signing-keys")
            .routeDescription("Which keys sign our tokens, and until when")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("signing-keys", "list"))
                .to("direct:json")
            .end();

        from("direct:signing-key-rotate")
            .routeId("signing-key-rotate")
            .routeDescription("Makes another key that signs our tokens")
            .routeGroup("operations")
            .routeConfigurationId("json-failures")
            .policy("admin-token")
                .setBody(method("signing-keys", "rotate"))
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
