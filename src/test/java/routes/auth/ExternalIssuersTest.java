package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers that are set up by halves, or so that anybody could get in, stop the start with the name of the property. */
class ExternalIssuersTest {

    private static ExternalIssuers started(String change) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("demo.enabled", "false");
        settings.setProperty("oauth2.issuers.x.issuer", "https://issuer.example");
        settings.setProperty("oauth2.issuers.x.audience", "webhooks");
        settings.setProperty("oauth2.issuers.x.scopes.https://issuer.example/read", "operations");
        if (change != null) {
            settings.setProperty(
                    "oauth2.issuers." + StringHelper.before(change, "=").strip(),
                    StringHelper.after(change, "=").strip());
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(settings);
            context.start();
            ExternalIssuers issuers = new ExternalIssuers();
            issuers.setCamelContext(context);
            issuers.start();
            issuers.stop();
            return issuers;
        }
    }

    @Test
    void aSetUpWithTheLeastThatIsNeededStarts() throws Exception {
        assertEquals(1, started(null).all().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.issuer =                                   | x.issuer is not set",
                "x.issuer = http://issuer.example             | x.issuer must be a URL that begins with https",
                "x.issuer = http://127.0.0.1                  | x.issuer must be a URL that begins with https",
                "x.jwks-url = http://issuer.example/jwks      | x.jwks-url must be a URL that begins with https",
                "x.jwks-url = file:/etc/keys                  | x.jwks-url must be a URL that begins with https",
                "x.audience =                                 | x.audience is not set",
                "x.algorithms = HS256                         | x.algorithms must be some of RS, PS and ES with 256, 384 or 512",
                "x.algorithms = RS256, none                   | x.algorithms must be some of RS, PS and ES with 256, 384 or 512",
                "x.token-type = jwt                           | x.token-type must be at+jwt, or not set",
                "x.scopes.write = root                        | x.scopes.write must be scopes of ours: admin, callbacks, coverage-discovery, operations, payloads",
                "x.leeway = 60                                | x.leeway is no setting of an issuer",
                "y.audience = webhooks                        | y.issuer is not set",
                "x.leeway-seconds = many                      | x.leeway-seconds must be a whole number"
            })
    void aWrongOneDoesNotStart(String change, String sentence) {
        RuntimeException failed = assertThrows(RuntimeException.class, () -> started(change));
        assertEquals("oauth2.issuers." + sentence, failed.getMessage());
    }

    @Test
    void anIssuerWhoseTokensWouldAllowNothingDoesNotStart() {
        RuntimeException failed =
                assertThrows(RuntimeException.class, () -> started("x.scopes.https://issuer.example/read ="));
        assertEquals(
                "oauth2.issuers.x.scopes.https://issuer.example/read must be scopes of ours:"
                        + " admin, callbacks, coverage-discovery, operations, payloads",
                failed.getMessage());
    }
}
