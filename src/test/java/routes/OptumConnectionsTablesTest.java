package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.ExactJson;
import routes.delivery.OptumConnectionsRows;
import routes.support.Fixtures;
import routes.support.TestRoutes;

/** The delivery routes up to their statements: which, in which order. */
class OptumConnectionsTablesTest extends CamelTestSupport {

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("exact-json", new ExactJson());
        registry.bind("optum-connections-rows", new OptumConnectionsRows());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("webhook.sql", "sql");
        context.getPropertiesComponent().addInitialProperty("delivery.jdbc.workers", "1");
        return new RoutesBuilder[] {
            new OptumConnectionsTables(),
            new TestRoutes(routes -> routes.from("direct:sql").to("mock:sql"))
        };
    }

    @ParameterizedTest
    @CsvSource({
        "deliver-payment,       09-payment-loading-requested-everything, x, payment_insert payment_update payment_fill",
        "deliver-payment,       14-payment-nulls,                        x, payment_insert payment_update payment_fill",
        "deliver-payment,       23-payment-missed-without-envelope,      x, payment_insert payment_update payment_fill",
        "deliver-payment-batch, 01-batch-created-everything,             x, payment_batch_insert payment_batch_update payment_batch_fill",
        "deliver-payment-batch, 24-batch-missed-without-envelope,         , ''",
        "deliver-document,      27-document-processed,                   x, document_insert document_update"
    })
    void aSubjectIsInsertedAndThenUpdated(String route, String fixture, String subject, String statements)
            throws Exception {
        for (String id : List.of("deliver-payment", "deliver-payment-batch", "deliver-document")) {
            AdviceWith.adviceWith(context, id, advice -> advice.replaceFromWith("direct:" + id));
        }
        context.start();
        MockEndpoint sql = getMockEndpoint("mock:sql");
        sql.setCopyOnExchange(true);
        Exchange exchange = ExchangeBuilder.anExchange(context)
                .withBody(Fixtures.bytes("optum-connections/valid/" + fixture + ".json"))
                .build();
        Map.<String, Object>of("eventId", UUID.randomUUID(), "eventOrder", "1", "tenant", "t")
                .forEach(exchange::setVariable);
        exchange.setVariable("subject", subject);
        template.send("direct:" + route, exchange);

        assertEquals(null, exchange.getException());
        assertEquals(
                Stream.of(statements.split(" ")).filter(name -> !name.isEmpty()).toList(),
                sql.getReceivedExchanges().stream()
                        .map(sent -> sent.getMessage()
                                .getBody(String.class)
                                .replace("resource:sql/", "")
                                .replace(".sql", ""))
                        .toList());
        for (Exchange sent : sql.getReceivedExchanges()) {
            Map<?, ?> parameters =
                    assertInstanceOf(Map.class, sent.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS));
            assertFalse(parameters.toString().contains("s1gned"), "has a signed link");
        }
    }
}
