package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.delivery.DevelopHealthRows;

/** The delivery routes up to their statements: which, in which order. */
class DevelopHealthTablesTest extends TableRouteCases {

    DevelopHealthTablesTest() {
        super(new DevelopHealthTables(), "develop-health-rows", new DevelopHealthRows());
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
        List<Exchange> sql = statements(route, "develop-health/valid/" + fixture + ".json", "x");
        assertEquals(
                List.of(statements.strip().split(" ")),
                sql.stream().map(TableRouteCases::name).toList());
        for (Exchange sent : sql) {
            Map<?, ?> parameters =
                    assertInstanceOf(Map.class, sent.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS));
            assertFalse(parameters.toString().contains("s1gned"), "has a signed link");
        }
    }
}
