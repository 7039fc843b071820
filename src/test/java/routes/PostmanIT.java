package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Postman;

/** The Postman collection in samples/postman passes against the demo settings. */
class PostmanIT {

    private static final Path COLLECTION = Path.of("samples/postman/coverage-discovery.postman_collection.json");
    private static final Path ENVIRONMENT = Path.of("samples/postman/demo.postman_environment.json");

    @Test
    void theCollectionPassesFromTopToBottomAgainAndAgain() throws Exception {
        try (Bundle bundle = Bundle.demo()) {
            Postman postman = new Postman(COLLECTION, ENVIRONMENT, bundle);
            assertEquals(9, postman.play());
            assertEquals(9, postman.play());
            assertEquals("2", bundle.select("select count(*) from event where state = 'accepted'"));
            assertEquals("1", bundle.select("select count(*) from event where state = 'quarantined'"));
        }
    }

    /** The vendor's collection asks for one name, its environment has the other; and two names it forgets. */
    @Test
    void theEnvironmentDoesForTheVendorsCollectionAsWell() throws Exception {
        assertTrue(Bundle.JSON
                .readTree(ENVIRONMENT.toFile())
                .get("values")
                .findValuesAsText("key")
                .containsAll(List.of(
                        "whitelisted_OAuth2_tokenurl",
                        "whitelisted_OAuth2_url",
                        "whitelisted_callback_url",
                        "client_id",
                        "client_secret",
                        "customer_tenant_id",
                        "customer_correlation_id",
                        "bearer_token")));
    }
}
