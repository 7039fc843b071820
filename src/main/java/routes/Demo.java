package routes;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/** For trying out, and switched on by the demo settings only: the business row that a delivery wrote, and a partner that is told. */
public class Demo extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("platform-http:/demo/coverage_discovery_task?httpMethodRestrict=GET")
            .routeId("demo-coverage-discovery-task")
            .routeDescription("The rows of coverage_discovery_task with ?task_id=…")
            .routeGroup("operations")
            .autoStartup("{{demo.enabled}}")
            .routeConfigurationId("json-failures")
            .policy("operations-token")
                .setHeader(JdbcConstants.JDBC_PARAMETERS, method("request-parameters", "one(*, 'task_id')"))
                .setBody(constant("resource:{{webhook.sql}}/demo_coverage_discovery_task.sql"))
                .to("direct:sql")
                .to("direct:json")
            .end();

        from("platform-http:/demo/partner?httpMethodRestrict=POST")
            .routeId("demo-partner-receives")
            .routeDescription("What a partner does: verifies the signature, and keeps the notification")
            .routeGroup("operations")
            .autoStartup("{{demo.enabled}}")
            .routeConfigurationId("json-failures")
            .bean("demo-partner", "receive")
            .to("direct:no-content");

        from("platform-http:/demo/partner?httpMethodRestrict=GET")
            .routeId("demo-partner-shows")
            .routeDescription("The newest notifications that the demo partner was sent")
            .routeGroup("operations")
            .autoStartup("{{demo.enabled}}")
            .routeConfigurationId("json-failures")
            .setBody(method("demo-partner", "received"))
            .to("direct:json");
    }
    // @formatter:on
}
