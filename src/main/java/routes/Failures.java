package routes;

import org.apache.camel.builder.RouteConfigurationBuilder;

/** Every failure to the right answer. None of these is global: each ingress names its own. */
public class Failures extends RouteConfigurationBuilder {

    // @formatter:off
    @Override
    public void configuration() {

        routeConfiguration("json-failures")
            .onException(Exception.class)
                .handled(true)
                .bean("answers", "failure")
                .marshal().json()
                .convertBodyTo(String.class)
            .end();

        routeConfiguration("accessrc-failures")
            .onException(Exception.class)
                .handled(true)
                .bean("accessrc-answers", "failure")
                .marshal().json()
                .convertBodyTo(String.class)
            .end();

        routeConfiguration("console-failures")
            .onException(Exception.class)
                .handled(true)
                .bean("console-answers", "failure")
                .setVariable("page", constant("error"))
                .to("direct:console-page")
            .end();

        routeConfiguration("registry-failures")
            .onException(Exception.class)
                .handled(true)
                .bean("registry-answers", "failure")
                .marshal().json()
                .convertBodyTo(String.class)
            .end();
    }
    // @formatter:on
}
