package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.OptumConnectionsRows;

/** The delivery routes up to their statements: which, in which order. */
class OptumConnectionsTablesTest extends TableRouteCases {

    OptumConnectionsTablesTest() {
        super(new OptumConnectionsTables(), "optum-connections-rows", new OptumConnectionsRows());
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
        List<Exchange> sql = statements(route, "optum-connections/valid/" + fixture + ".json", subject);
        assertEquals(
                Stream.of(statements.split(" ")).filter(name -> !name.isEmpty()).toList(),
                sql.stream().map(TableRouteCases::name).toList());
        for (Exchange sent : sql) {
            Map<?, ?> parameters =
                    assertInstanceOf(Map.class, sent.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS));
            assertFalse(parameters.toString().contains("s1gned"), "has a signed link");
        }
    }
}
