package routes;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * A Coverage Discovery task becomes rows of coverage_discovery_task and coverage_discovery_path. Each statement commits on its
 * own and may be repeated: the paths come first, and only the task's row, which carries the event id, makes them count.
 */
public class CoverageDiscoveryTables extends RouteBuilder {

    // @formatter:off
    @Override
    public void configure() {

        from("delivery:jdbc/coverage_discovery_task?workers={{delivery.jdbc.workers}}")
            .routeId("deliver-coverage-discovery-task")
            .routeDescription("Writes a Coverage Discovery task and its paths")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .unmarshal().variableReceive("event").custom("exact-json")
            .split(method("rows", "coverageDiscoveryPaths")).stopOnException()
                .setHeader(JdbcConstants.JDBC_PARAMETERS, body())
                .setBody(constant("resource:{{webhook.sql}}/coverage_discovery_path_insert.sql"))
                .to("direct:sql")
            .end()
            .setHeader(JdbcConstants.JDBC_PARAMETERS, method("rows", "coverageDiscoveryTask"))
            .setBody(constant("resource:{{webhook.sql}}/coverage_discovery_task_insert.sql"))
            .to("direct:sql")
            .setBody(constant("resource:{{webhook.sql}}/coverage_discovery_task_update.sql"))
            .to("direct:sql")
            // What an older or a newer event has left behind does not count any more.
            .setBody(constant("resource:{{webhook.sql}}/coverage_discovery_path_delete.sql"))
            .to("direct:sql");

        from("direct:coverage-discovery-erase")
            .routeId("coverage-discovery-erase")
            .routeDescription("Erases what the tables have of a subject")
            .routeGroup("delivery")
            .errorHandler(noErrorHandler())
            .setBody(constant(List.of(
                "coverage_discovery_task",
                "coverage_discovery_path")))
            .to("direct:erase-rows");
    }
    // @formatter:on
}
