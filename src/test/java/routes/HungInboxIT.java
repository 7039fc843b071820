package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.MetricsDoc;
import routes.support.TestDatabase;

/** All workers wait for a commit that does not come: this must be seen from outside, and nothing be miscounted. */
class HungInboxIT {

    private static final int WORKERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void probesAndScrapesAreAnsweredAndWhatIsCommittedLaterCounts() throws Exception {
        Properties database = TestDatabase.POSTGRESQL.create();
        Map<String, String> settings =
                Map.of("http.worker-threads", Integer.toString(WORKERS), "inbox.commit-timeout-seconds", "5");
        try (Bundle bundle = Bundle.start(database, settings);
                Connection lock = DriverManager.getConnection(
                        database.getProperty("database.url"),
                        database.getProperty("database.user"),
                        database.getProperty("database.password"))) {
            String token = bundle.token("optum");
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table event in access exclusive mode");
            List<CompletableFuture<HttpResponse<String>>> posts = IntStream.range(0, 3 * WORKERS)
                    .mapToObj(i -> post(bundle, token))
                    .toList();
            await().atMost(PATIENCE).until(() -> scrape(bundle).get("webhook_http_requests") == posts.size());
            assertEquals(200, management(bundle, "health/live").statusCode());
            assertEquals(200, management(bundle, "health/ready").statusCode(), "it asks nothing of the table");
            assertTrue(posts.stream().noneMatch(CompletableFuture::isDone), "all of that while they wait");

            for (CompletableFuture<HttpResponse<String>> post : posts) {
                assertEquals(503, post.join().statusCode());
            }
            lock.rollback();
            await().atMost(PATIENCE)
                    .until(() -> bundle.select("select count(*) from event"), Integer.toString(posts.size())::equals);
            String accepted = "webhook_events_total{outcome=\"accepted\",sender=\"coverage-discovery\"}";
            await().atMost(PATIENCE).until(() -> scrape(bundle).get(accepted) == posts.size());
        }
    }

    private CompletableFuture<HttpResponse<String>> post(Bundle bundle, String token) {
        HttpRequest request = bundle.request(token)
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.randomUUID())))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static Map<String, Double> scrape(Bundle bundle) throws Exception {
        return MetricsDoc.series(bundle.scrape());
    }

    private static HttpResponse<String> management(Bundle bundle, String path) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.management("/observe/" + path)));
    }
}
