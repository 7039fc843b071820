package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import routes.delivery.DevelopHealthRows;
import routes.delivery.ExactJson;
import routes.support.Fixtures;
import routes.support.TestRoutes;

/** The delivery routes up to their statements: which, in which order. */
class DevelopHealthTablesTest extends CamelTestSupport {

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("exact-json", new ExactJson());
        registry.bind("develop-health-rows", new DevelopHealthRows());
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        context.getPropertiesComponent().addInitialProperty("webhook.sql", "sql");
        context.getPropertiesComponent().addInitialProperty("delivery.jdbc.workers", "1");
        return new RoutesBuilder[] {
            new DevelopHealthTables(),
            new TestRoutes(routes -> routes.from("direct:sql").to("mock:sql"))
        };
    }

    @ParameterizedTest
    @CsvSource({
        "deliver-benefit-verification, 01-bv-completed-everything,"
                + " benefit_verification_drug_insert benefit_verification_drug_insert"
                + " benefit_verification_insert benefit_verification_update benefit_verification_drug_delete",
        "deliver-prior-authorization, 15-pa-completed-approved-everything,"
                + " prior_authorization_message_insert prior_authorization_message_update"
                + " prior_authorization_insert prior_authorization_update",
        "deliver-prior-authorization, 30-pa-message-without-thread, prior_authorization_insert prior_authorization_update"
    })
    void aRowIsWrittenAfterWhatBelongsToIt(String route, String fixture, String statements) throws Exception {
        for (String id : List.of("deliver-benefit-verification", "deliver-prior-authorization")) {
            AdviceWith.adviceWith(context, id, advice -> advice.replaceFromWith("direct:" + id));
        }
        context.start();
        MockEndpoint sql = getMockEndpoint("mock:sql");
        sql.setCopyOnExchange(true);
        Exchange exchange = ExchangeBuilder.anExchange(context)
                .withBody(Fixtures.bytes("develop-health/valid/" + fixture + ".json"))
                .build();
        Map.<String, Object>of("eventId", UUID.randomUUID(), "eventOrder", "1", "subject", "x", "tenant", "t")
                .forEach(exchange::setVariable);
        template.send("direct:" + route, exchange);

        assertEquals(null, exchange.getException());
        assertEquals(
                List.of(statements.strip().split(" ")),
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
