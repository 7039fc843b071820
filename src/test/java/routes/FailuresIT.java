package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Proxy;
import routes.support.TestDatabase;

/** What happens when a part of the bundle throws, or the database is away: the right answer, and nothing lost or pretended. */
class FailuresIT {

    private static final String SECRET_TEXT = "a patient's name";

    @ParameterizedTest
    @ValueSource(strings = {"coverage-discovery", "accept", "read", "no-content"})
    void aThrowOnTheWayIsAnswered500WithoutItsMessage(String route) throws Exception {
        try (Bundle bundle = Bundle.start(TestDatabase.H2)) {
            String token = bundle.token("optum");
            byte[] task = Fixtures.failedTask(UUID.randomUUID());
            AtomicBoolean broken = throwIn(bundle, route);
            HttpResponse<String> response = bundle.post(token, task);

            assertEquals(500, response.statusCode());
            assertEquals("server_error", Bundle.json(response).get("error").asText());
            assertFalse(response.body().contains(SECRET_TEXT));
            // only a throw after the commit may leave an event behind, and the sender's retry is then a duplicate
            assertEquals(route.equals("no-content") ? "1" : "0", bundle.select("select count(*) from event"));
            broken.set(false);
            assertEquals(204, bundle.post(token, task).statusCode());
            assertEquals("1", bundle.select("select count(*) from event"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliver-coverage-discovery-task", "sql"})
    void aThrowInADeliveryRouteIsRetriedAndNeverCalledDelivered(String route) throws Exception {
        try (Bundle bundle =
                Bundle.start(TestDatabase.H2.create(), Map.of("delivery.retry-schedule", "200ms, 200ms, 1h"))) {
            AtomicBoolean broken = throwIn(bundle, route);
            assertEquals(
                    204,
                    bundle.post(bundle.token("optum"), Fixtures.failedTask(UUID.randomUUID()))
                            .statusCode());
            await().atMost(20, SECONDS).until(() -> "3".equals(bundle.select("select attempts from delivery")));
            assertEquals("pending", bundle.select("select state from delivery"));
            assertEquals("0", bundle.select("select count(*) from delivery_attempt where outcome <> 'failed'"));
            assertEquals("0", bundle.select("select count(*) from coverage_discovery_task"));
            assertFalse(bundle.rows("select * from delivery_attempt").toString().contains(SECRET_TEXT));
            broken.set(false);
            bundle.database().with(handle -> handle.execute("update delivery set due_at = current_timestamp"));
            await().atMost(20, SECONDS).until(() -> "delivered".equals(bundle.select("select state from delivery")));
            assertEquals("1", bundle.select("select count(*) from coverage_discovery_task"));
        }
    }

    @Test
    void withoutTheDatabaseSendersAreAskedToComeBackAndThenServed() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        try (Proxy network = Proxy.before(database);
                Bundle bundle = Bundle.start(
                        database, Map.of("inbox.commit-timeout-seconds", "5", "delivery.lease-seconds", "20"))) {
            String token = bundle.token("optum");
            assertEquals(
                    204,
                    bundle.post(token, Fixtures.failedTask(UUID.randomUUID())).statusCode());
            network.cut();
            byte[] task = Fixtures.failedTask(UUID.randomUUID());
            HttpResponse<String> response = bundle.post(token, task);
            assertEquals(503, response.statusCode());
            assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
            assertEquals(
                    "temporarily_unavailable",
                    Bundle.json(response).get("error").asText());
            network.mend();
            await().atMost(30, SECONDS).until(() -> bundle.post(token, task).statusCode() == 204);
            await().atMost(60, SECONDS)
                    .until(() -> "2".equals(bundle.select("select count(*) from delivery where state = 'delivered'")));
            assertEquals("2", bundle.select("select count(*) from event"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay {\"filter\": {\"state\": \"accepted\"}, \"preview\": false}",
                "explain {\"sender\": \"coverage-discovery\", \"body\": {}}"
            })
    void withoutTheDatabaseOperatorsAreAskedToComeBack(String request) throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        try (Proxy network = Proxy.before(database);
                Bundle bundle = Bundle.start(database, Map.of())) {
            HttpRequest.Builder post = HttpRequest.newBuilder(bundle.uri("/events/" + request.split(" ")[0]))
                    .header("Authorization", "Bearer " + bundle.token("operator"))
                    .POST(BodyPublishers.ofString(request.split(" ", 2)[1]));
            assertEquals(200, bundle.send(post).statusCode());
            network.cut();
            HttpResponse<String> response = bundle.send(post);
            assertEquals(503, response.statusCode(), response.body());
            assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
            network.mend();
            await().atMost(30, SECONDS).until(() -> bundle.send(post).statusCode() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliveriesOfARouteThatIsThereNoMoreAreAdopted(TestDatabase kind) throws Exception {
        Properties database = kind.create();
        try (Bundle before = Bundle.start(database, Map.of())) {
            before.post(before.token("optum"), Fixtures.failedTask(UUID.randomUUID()));
            await().atMost(30, SECONDS).until(() -> "delivered".equals(before.select("select state from delivery")));
            before.database()
                    .with(
                            handle -> handle.execute(
                                    "update delivery set route = 'jdbc/old_name', state = 'pending', due_at = current_timestamp"));
        }
        try (Bundle after = Bundle.start(database, Map.of())) {
            await().atMost(30, SECONDS).until(() -> "delivered".equals(after.select("select state from delivery")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullInboxIsAnswered503(TestDatabase kind) throws Exception {
        Map<String, String> small = Map.of("inbox.queue-size", "2", "database.pool-size", "2");
        try (Bundle bundle = Bundle.start(kind.create(), small)) {
            String token = bundle.token("optum");
            CountDownLatch held = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            byte[] task = Fixtures.failedTask(UUID.randomUUID());
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> hold(bundle, held, release));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> hold(bundle, held, release));
            held.await(10, SECONDS);
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(bundle, token, task)))
                    .toList();
            List<Integer> statuses =
                    answers.stream().map(CompletableFuture::join).toList();
            release.countDown();
            CompletableFuture.allOf(first, second).join();
            assertTrue(statuses.contains(503), statuses::toString);
            await().atMost(30, SECONDS).until(() -> bundle.post(token, task).statusCode() == 204);
            assertEquals("1", bundle.select("select count(*) from event"));
        }
    }

    /** Keeps one of the two connections there are. */
    private static void hold(Bundle bundle, CountDownLatch held, CountDownLatch release) {
        bundle.database().with(handle -> {
            handle.select("select 1").mapTo(Integer.class).one();
            held.countDown();
            assertDoesNotThrow(() -> release.await(60, SECONDS));
            return null;
        });
    }

    private static int status(Bundle bundle, String token, byte[] task) {
        try {
            return bundle.send(bundle.request(token).POST(BodyPublishers.ofByteArray(task)))
                    .statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the route throw as long as the switch is on. */
    private static AtomicBoolean throwIn(Bundle bundle, String route) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        AdviceWith.adviceWith(
                bundle.context(), route, advice -> advice.weaveAddFirst().process(exchange -> {
                    if (broken.get()) {
                        throw new IllegalStateException(SECRET_TEXT);
                    }
                }));
        return broken;
    }
}
