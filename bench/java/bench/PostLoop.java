package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What posting alone costs: a loop of the JDK's HTTP client, with as many threads as the bundle has for callbacks. */
final class PostLoop {

    private static final int THREADS = 64;
    private static final int TRIES = 3;
    private static final String BODY =
            "{\"notificationTypeID\":1,\"processUniqueId\":\"%s\",\"rawBody\":{\"stateDescription\":\"failure\","
                    + "\"changeDate\":\"2026-06-01T10:00:05Z\",\"sender\":\"coverage-discovery\",\"eventType\":\"task\",\"eventId\":\"%s\"}}";

    private PostLoop() {}

    /** Posts so many notifications; answers how many a second. */
    static double perSecond(Receiver receiver, int count) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Callable<Integer> post = () -> post(http, receiver.url("loop"));
        try {
            long start = System.nanoTime();
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(count, post))) {
                if (status.get() != 204) {
                    throw new IllegalStateException("answered " + status.get());
                }
            }
            return count / ((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        } finally {
            threads.shutdownNow();
        }
    }

    private static int post(HttpClient http, String url) throws Exception {
        String id = UUID.randomUUID().toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .POST(BodyPublishers.ofString(BODY.formatted(id, id)))
                .build();
        for (int tries = 1; ; tries++) {
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode();
            } catch (IOException e) { // now and then it takes a connection that is just being closed
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
