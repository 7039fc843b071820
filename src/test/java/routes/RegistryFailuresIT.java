package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.Proxy;
import routes.support.TestDatabase;

/** When a part of the registry throws, or its database is away: an answer in its own form, and nothing told. */
class RegistryFailuresIT {

    private static final String OWN = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c11";
    private static final String SECRET_TEXT = "a patient's name";
    private static final Map<String, String> CLIENT = Map.of(
            "oauth2.client.both.secret",
            Bundle.SECRET_HASH,
            "oauth2.client.both.scopes",
            "admin callbacks",
            "oauth2.client.both.partner",
            OWN);

    @ParameterizedTest
    @CsvSource({
        "partner-put,     PUT,    ''",
        "partner-get,     GET,    ''",
        "partner-delete,  DELETE, ''",
        "callbacks,       GET,    /callbacks",
        "callback-put,    PUT,    /callbacks/1",
        "callback-delete, DELETE, /callbacks/1",
        "echo,            POST,   /callbacks/1/echo",
        "partner-api,     POST,   /callbacks/1/echo",
        "accept,          POST,   /callbacks/1/echo",
        "json,            GET,    /callbacks"
    })
    void aThrowOnTheWayIsAnswered500WithoutItsMessage(String route, String method, String path) throws Exception {
        try (Bundle bundle = Bundle.start(TestDatabase.H2.create(), CLIENT)) {
            String token = bundle.token("both");
            assertEquals(200, call(bundle, token, "PUT", "", "{}").statusCode());
            String callback = "{\"callbackUrl\": \"https://partner.example/\"}";
            assertEquals(
                    200, call(bundle, token, "PUT", "/callbacks/1", callback).statusCode());
            AtomicBoolean broken = new AtomicBoolean(true);
            AdviceWith.adviceWith(
                    bundle.context(), route, advice -> advice.weaveAddFirst().process(exchange -> {
                        if (broken.get()) {
                            throw new IllegalStateException(SECRET_TEXT);
                        }
                    }));
            HttpResponse<String> response = call(
                    bundle,
                    token,
                    method,
                    path,
                    "{\"processUniqueId\": \"p\", \"rawBody\": {\"stateDescription\": \"Submitted\"}}");
            assertEquals(500, response.statusCode(), response.body());
            assertEquals("090002", Bundle.json(response).get(0).get("code").asText());
            assertFalse(response.body().contains(SECRET_TEXT));
            assertEquals("0", bundle.select("select count(*) from event"));
            assertEquals("1", bundle.select("select count(*) from callback"));
            broken.set(false);
            assertEquals(200, call(bundle, token, "GET", "/callbacks", null).statusCode());
        }
    }

    @Test
    void withoutTheDatabaseCallersAreAskedToComeBackAndThenServed() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        Map<String, String> settings = new HashMap<>(CLIENT);
        settings.put("delivery.lease-seconds", "20");
        try (Proxy network = Proxy.before(database);
                Bundle bundle = Bundle.start(database, settings)) {
            String token = bundle.token("both");
            assertEquals(200, call(bundle, token, "PUT", "", "{}").statusCode());
            network.cut();
            HttpResponse<String> response = call(bundle, token, "PUT", "", "{}");
            assertEquals(503, response.statusCode(), response.body());
            assertEquals("090001", Bundle.json(response).get(0).get("code").asText());
            assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, askForToken(bundle, "both").statusCode(), "a client of the properties");
            HttpResponse<String> unknown = askForToken(bundle, "made-by-api");
            assertEquals(503, unknown.statusCode(), "who is not known may be one that was made by API");
            assertEquals("5", unknown.headers().firstValue("Retry-After").orElse(""));
            network.mend();
            await().atMost(30, SECONDS)
                    .until(() -> call(bundle, token, "GET", "", null).statusCode() == 200);
            assertTrue(call(bundle, token, "DELETE", "", null).statusCode() == 204);
        }
    }

    @Test
    void aClientIsMadeAndItsSecretRotatedOnceThoughNobodyHearsOfTheCommit() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        try (Proxy network = Proxy.before(database);
                Bundle bundle = Bundle.start(database, CLIENT)) {
            String admin = bundle.token("both");
            network.loseCommitOf("insert into client ");
            HttpResponse<String> made = clients(bundle, admin, "", "{\"id\": \"one\", \"scopes\": [\"operations\"]}");
            assertEquals(201, made.statusCode(), made.body());
            String first = Bundle.json(made).get("secret").asText();
            assertEquals(200, askForToken(bundle, "one", first).statusCode());

            network.loseCommitOf("set previous_hash = secret_hash");
            HttpResponse<String> rotated = clients(bundle, admin, "/one/rotate-secret", "{}");
            assertEquals(200, rotated.statusCode(), rotated.body());
            String second = Bundle.json(rotated).get("secret").asText();
            assertEquals(200, askForToken(bundle, "one", second).statusCode());
            assertEquals(200, askForToken(bundle, "one", first).statusCode(), "the one before is good as well");
            assertEquals("2", bundle.select("select count(*) from audit where target = 'client one'"));
        }
    }

    /** Who waits for a row of the registry holds one of its few places; tokens take none. */
    @Test
    void aClientGetsTokensWhileAllPlacesOfTheRegistryAreTaken() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (Bundle bundle = Bundle.start(TestDatabase.POSTGRESQL.create(), CLIENT)) {
            String admin = bundle.token("both");
            HttpResponse<String> made = clients(bundle, admin, "", "{\"id\": \"one\"}");
            String secret = Bundle.json(made).get("secret").asText();
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            try (Connection other = bundle.business()) {
                other.setAutoCommit(false);
                other.createStatement().executeQuery("select client_id from client for update");
                for (int i = 0; i < 4; i++) {
                    waiting.add(callers.submit(() -> clients(bundle, admin, "/one/rotate-secret", "{}")));
                }
                String waiters = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
                await().atMost(30, SECONDS).until(() -> bundle.select(waiters).equals("4"));
                assertEquals(200, askForToken(bundle, "one", secret).statusCode());
                other.rollback();
            }
            for (Future<HttpResponse<String>> answer : waiting) {
                assertEquals(200, answer.get().statusCode());
            }
        } finally {
            callers.shutdown();
        }
    }

    private static HttpResponse<String> clients(Bundle bundle, String token, String path, String body)
            throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/clients" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> askForToken(Bundle bundle, String client) throws Exception {
        return askForToken(bundle, client, Bundle.SECRET);
    }

    private static HttpResponse<String> askForToken(Bundle bundle, String client, String secret) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret)));
    }

    /** As a deadlock or a lost connection does, at the statement or at the commit. */
    @ParameterizedTest
    @CsvSource({
        "40001, immediate, 2, 200, ''",
        "40001, immediate, 3, 503, 090001",
        "40001, deferred,  2, 200, ''",
        "40001, deferred,  3, 503, 090001",
        "23514, immediate, 1, 500, 090002",
        "23514, deferred,  1, 500, 090002"
    })
    void aTransactionThatBreaksIsTriedAgainUnlessTheRowIsRefused(
            String sqlState, String when, int times, int status, String code) throws Exception {
        try (Bundle bundle = Bundle.start(TestDatabase.POSTGRESQL.create(), CLIENT)) {
            String token = bundle.token("both");
            bundle.execute("create sequence tries"); // counts what is rolled back, too
            bundle.execute(
                    "create function break() returns trigger language plpgsql as $$ begin if nextval('tries') <= "
                            + times + " then raise exception using errcode = '" + sqlState
                            + "'; end if; return null; end $$");
            bundle.execute("create constraint trigger break after insert on audit deferrable initially " + when
                    + " for each row execute function break()");
            HttpResponse<String> response = call(bundle, token, "PUT", "", "{}");
            assertEquals(status, response.statusCode(), response.body());
            if (status != 200) {
                assertEquals(code, Bundle.json(response).get(0).get("code").asText());
            }
            assertEquals(
                    status == 503 ? "5" : "",
                    response.headers().firstValue("Retry-After").orElse(""));
            assertEquals(status == 200 ? "1" : "0", bundle.select("select count(*) from partner"));
        }
    }

    private static HttpResponse<String> call(Bundle bundle, String token, String method, String path, String body)
            throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/partners/" + OWN + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
