package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import routes.delivery.Deadline;
import routes.delivery.Rows;
import routes.support.Fixtures;

/** The delivery routes up to their statements: which, in which order, with which parameters. */
class DeliveriesTest extends CamelTestSupport {

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("rows", new Rows());
        registry.bind("deadline", new Deadline());
    }

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties properties = new Properties();
        properties.setProperty("webhook.sql", "classpath:sql");
        properties.setProperty("delivery.jdbc.workers", "1");
        properties.setProperty("jdbc.query-timeout-seconds", "1");
        return properties;
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new Deliveries(), new CoverageDiscoveryTables()};
    }

    private List<Exchange> statements(String route, byte[] payload) throws Exception {
        AdviceWith.adviceWith(context, "deliver-notification", advice -> advice.replaceFromWith("direct:notification"));
        AdviceWith.adviceWith(
                context, "deliver-coverage-discovery-task", advice -> advice.replaceFromWith("direct:task"));
        AdviceWith.adviceWith(context, "sql", advice -> advice.weaveByToUri("jdbc:*")
                .replace()
                .to("mock:sql"));
        context.start();
        MockEndpoint sql = getMockEndpoint("mock:sql");
        sql.setCopyOnExchange(true);
        Exchange exchange =
                ExchangeBuilder.anExchange(context).withBody(payload).build();
        Map.of(
                        "eventId", UUID.randomUUID(),
                        "eventOrder", "1",
                        "sender", "coverage-discovery",
                        "subject", "task-1",
                        "tenant", "tenant-1",
                        "status", "success")
                .forEach(exchange::setVariable);
        template.send(route, exchange);
        assertEquals(null, exchange.getException());
        return sql.getReceivedExchanges();
    }

    private static String firstWords(Exchange statement) {
        String sql = statement.getMessage().getBody(String.class).replaceAll("--.*\n", "");
        return sql.replaceFirst("(?s)^(insert into|update|delete from) (\\w+).*", "$1 $2");
    }

    @Test
    void aTaskIsWrittenAfterItsPathsSoThatTheyNeverCountHalf() throws Exception {
        byte[] task = Fixtures.bytes("coverage-discovery/valid/01-success-chained-everything.json");
        List<Exchange> statements = statements("direct:task", task);
        List<String> order =
                statements.stream().map(DeliveriesTest::firstWords).distinct().toList();
        assertEquals(
                List.of(
                        "insert into coverage_discovery_path",
                        "insert into coverage_discovery_task",
                        "update coverage_discovery_task",
                        "delete from coverage_discovery_path"),
                order);
    }

    @Test
    void nothingOfThePayloadIsPartOfAStatement() throws Exception {
        byte[] task =
                Fixtures.task("coverage-discovery/valid/01-success-chained-everything.json", "'; drop table event; --");
        for (Exchange statement : statements("direct:task", task)) {
            assertTrue(!statement.getMessage().getBody(String.class).contains("drop table"));
            assertTrue(statement.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS) instanceof Map);
        }
    }

    @Test
    void anEventWithoutATableOfItsOwnKeepsItsNewestState() throws Exception {
        List<Exchange> statements = statements("direct:notification", new byte[0]);
        assertEquals(
                List.of("insert into notification", "update notification"),
                statements.stream().map(DeliveriesTest::firstWords).toList());
        Map<?, ?> parameters = statements.get(1).getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS, Map.class);
        assertEquals("task-1", parameters.get("subject"));
        assertEquals("success", parameters.get("status"));
    }
}
