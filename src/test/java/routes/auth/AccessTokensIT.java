package routes.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Sealings;
import routes.support.TestDatabase;

class AccessTokensIT {

    private static final Map<String, String> OTHER_KEY =
            Map.of("sealing.keys", "1:gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp8=");

    /** Migration and first key at once, as when two replicas are rolled out on a new database. */
    @RepeatedTest(2)
    void instancesThatStartTogetherOnAnEmptyDatabaseTakeEachOthersTokens() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        CompletableFuture<Bundle> starting = CompletableFuture.supplyAsync(() -> Bundle.start(database, Map.of()));
        try (Bundle one = Bundle.start(database, Map.of());
                Bundle other = starting.join()) {
            assertEquals("1", one.select("select count(*) from signing_key"));
            for (List<Bundle> way : List.of(List.of(one, other), List.of(other, one))) {
                String token = way.get(0).token("optum");
                assertEquals(
                        204,
                        way.get(1)
                                .post(token, Fixtures.failedTask(UUID.randomUUID()))
                                .statusCode());
            }
        }
    }

    @Test
    void aTokenOutlivesTheInstanceThatIssuedIt() throws Exception {
        Properties database = TestDatabase.H2.create();
        String token;
        try (Bundle before = Bundle.start(database, Map.of())) {
            token = before.token("optum");
        }
        try (Bundle after = Bundle.start(database, Map.of())) {
            assertEquals(
                    204,
                    after.post(token, Fixtures.failedTask(UUID.randomUUID())).statusCode());
        }
    }

    @Test
    void theSigningKeyIsStoredSealedAndOpensWithTheSealingKeyOnly() {
        Properties database = TestDatabase.POSTGRESQL.create();
        try (Bundle bundle = Bundle.start(database, Map.of())) {
            byte[] sealed = (byte[])
                    bundle.rows("select sealed from signing_key").get(0).get("sealed");
            String keys = Bundle.settings(database).getProperty("sealing.keys");
            byte[] key = Sealings.of(keys).open("signing key 1", sealed);
            assertEquals(32, key.length);
            HexFormat hex = HexFormat.of();
            assertFalse(hex.formatHex(sealed).contains(hex.formatHex(key)));
        }
        RuntimeException failed = assertThrows(
                RuntimeException.class, () -> Bundle.start(database, OTHER_KEY).close());
        boolean said = false;
        for (Throwable cause : ObjectHelper.createExceptionIterable(failed)) {
            said |= "signing key 1 was not sealed as this by the key 1, or was changed".equals(cause.getMessage());
        }
        assertTrue(said, () -> "no clear sentence in: " + failed);
    }

    /** While two instances go on; each reads the keys again every second. */
    @Test
    void aNewSigningKeyTakesOverAndEndsTheTokensOfTheOldOneWhenItIsToldTo() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        Map<String, String> settings = Map.of("oauth2.client.operator.scopes", "operations admin");
        try (Bundle one = Bundle.start(database, settings);
                Bundle other = Bundle.start(database, settings)) {
            String before = one.token("operator");
            rotate(one, before, "");
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> List.of(keyId(one.token("operator")), keyId(other.token("operator"))),
                            List.of("2", "2")::equals);
            for (Bundle bundle : List.of(one, other)) {
                for (String token : List.of(before, one.token("operator"), other.token("operator"))) {
                    assertEquals(200, events(bundle, token));
                }
            }
            rotate(other, before, "{\"overlapSeconds\": 0}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> List.of(events(one, before), events(other, before)), List.of(401, 401)::equals);
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> List.of(keyId(one.token("operator")), keyId(other.token("operator"))),
                            List.of("3", "3")::equals);
            assertEquals(200, events(one, other.token("operator")));
        }
    }

    private static void rotate(Bundle bundle, String token, String body) throws Exception {
        HttpResponse<String> response = bundle.send(HttpRequest.newBuilder(bundle.uri("/signing-keys/rotate"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertEquals(200, response.statusCode(), response.body());
    }

    private static int events(Bundle bundle, String token) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/events")).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static String keyId(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
