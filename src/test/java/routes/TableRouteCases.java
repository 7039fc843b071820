package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import routes.delivery.ExactJson;
import routes.support.Fixtures;
import routes.support.TestRoutes;

/** Delivery routes up to their statements, which go nowhere. */
abstract class TableRouteCases extends CamelTestSupport {

    private final RouteBuilder routes;
    private final String rowsName;
    private final Object rows;

    /** @param rows the bean that makes the rows, under its name */
    TableRouteCases(RouteBuilder routes, String rowsName, Object rows) {
        this.routes = routes;
        this.rowsName = rowsName;
        this.rows = rows;
    }

    /** What a statement answers. */
    Object answer(Object statement) {
        return statement;
    }

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("exact-json", new ExactJson());
        registry.bind(rowsName, rows);
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("webhook.sql", "sql");
        context.getPropertiesComponent().addInitialProperty("delivery.jdbc.workers", "1");
        return new RoutesBuilder[] {
            routes,
            new TestRoutes(sql -> sql.from("direct:sql")
                    .routeId("sql")
                    .to("mock:sql")
                    .process(exchange -> exchange.getMessage()
                            .setBody(answer(exchange.getMessage().getBody()))))
        };
    }

    /** The statements that the route runs for a fixture, in their order. */
    List<Exchange> statements(String route, String fixture, String subject) throws Exception {
        List<String> deliveries = ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .map(RouteDefinition::getRouteId)
                        .filter(id -> id.startsWith("deliver-"))
                        .toList();
        for (String id : deliveries) {
            AdviceWith.adviceWith(context, id, advice -> advice.replaceFromWith("direct:" + id));
        }
        context.start();
        MockEndpoint sql = getMockEndpoint("mock:sql");
        sql.setCopyOnExchange(true);
        Exchange exchange = ExchangeBuilder.anExchange(context)
                .withBody(Fixtures.bytes(fixture))
                .build();
        Map.<String, Object>of("eventId", UUID.randomUUID(), "eventOrder", "1", "tenant", "t")
                .forEach(exchange::setVariable);
        exchange.setVariable("subject", subject);
        template.send("direct:" + route, exchange);
        assertEquals(null, exchange.getException());
        return sql.getReceivedExchanges();
    }

    static String name(Exchange statement) {
        return statement
                .getMessage()
                .getBody(String.class)
                .replace("resource:sql/", "")
                .replace(".sql", "");
    }
}
