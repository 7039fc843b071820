package bench;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/** Senders on one thread, so that they take little of the machine from what is measured. */
final class HttpLoad implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<RequestOptions> requests;

    /** @param tenants of whom each task is one's, in turn */
    HttpLoad(URI webhook, String token, List<String> tenants) {
        requests = tenants.stream()
                .map(tenant -> new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(webhook.getHost())
                        .setPort(webhook.getPort())
                        .setURI(webhook.getPath())
                        .putHeader("Authorization", "Bearer " + token)
                        .putHeader("x-optum-tenant-id", tenant)
                        .putHeader("Content-Type", "application/json"))
                .toList();
    }

    /** Each connection sends its next task when the one before is answered. */
    Figures closed(int connections, Duration warmUp, Duration time) {
        HttpClient client = client(connections);
        Round round = new Round(warmUp, time);
        for (int i = 0; i < connections; i++) {
            vertx.runOnContext(now -> next(client, round));
        }
        return round.figures(client);
    }

    private void next(HttpClient client, Round round) {
        long start = System.nanoTime();
        if (round.isOver(start)) {
            return;
        }
        round.begin(start);
        send(client, uuid()).onComplete(status -> {
            round.end(start, Integer.valueOf(204).equals(status.result()));
            next(client, round);
        });
    }

    /**
     * So many tasks a second, whether the ones before are answered or not.
     *
     * @param sending is told the id and when it was to be sent, in nanoseconds of {@link System#nanoTime}
     */
    Figures paced(int perSecond, Duration warmUp, Duration time, BiConsumer<UUID, Long> sending) {
        HttpClient client = client(4 * perSecond);
        Round round = new Round(warmUp, time);
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long[] due = {System.nanoTime()};
        vertx.setPeriodic(1, timer -> {
            long now = System.nanoTime();
            for (; due[0] <= now && !round.isOver(due[0]); due[0] += pause) {
                long start = due[0];
                UUID id = uuid();
                if (round.begin(start)) {
                    sending.accept(id, start);
                }
                send(client, id)
                        .onComplete(
                                status -> round.end(start, Integer.valueOf(204).equals(status.result())));
            }
            if (round.isOver(now)) {
                vertx.cancelTimer(timer);
            }
        });
        return round.figures(client);
    }

    private HttpClient client(int connections) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(connections)
                .setKeepAliveTimeout(30));
    }

    private Future<Integer> send(HttpClient client, UUID id) {
        RequestOptions request = requests.get(choice(id, requests.size()));
        return client.request(request)
                .compose((HttpClientRequest sent) -> sent.send(Buffer.buffer(Task.bytes(id))))
                .map(HttpClientResponse::statusCode);
    }

    /** Which of so many tenants a task is one's. */
    static int choice(UUID id, int tenants) {
        return Math.floorMod(id.hashCode(), tenants);
    }

    private static UUID uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }

    @Override
    public void close() {
        vertx.close();
    }

    /** What is sent within the time counts; what is sent before warms up. Filled by one thread only. */
    private static final class Round {

        private static final Duration PATIENCE = Duration.ofSeconds(60);

        private final long from;
        private final long to;
        private final double seconds;
        private final Histogram nanos = new Histogram(2 * PATIENCE.toNanos(), 3);
        private final AtomicLong inProgress = new AtomicLong();
        private long failed;

        Round(Duration warmUp, Duration time) {
            from = System.nanoTime() + warmUp.toNanos();
            to = from + time.toNanos();
            seconds = time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
        }

        boolean isOver(long now) {
            return now >= to;
        }

        private boolean counts(long start) {
            return start >= from && start < to;
        }

        /** Answers whether it counts. */
        boolean begin(long start) {
            if (counts(start)) {
                inProgress.incrementAndGet();
            }
            return counts(start);
        }

        void end(long start, boolean good) {
            if (!counts(start)) {
                return;
            }
            if (good) {
                nanos.recordValue(System.nanoTime() - start);
            } else {
                failed++;
            }
            inProgress.decrementAndGet();
        }

        /** After the end of the time, and of what was sent in it. */
        Figures figures(HttpClient client) {
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofNanos(to - System.nanoTime()).plus(PATIENCE))
                    .until(() -> isOver(System.nanoTime()) && inProgress.get() == 0);
            client.close();
            return Figures.of(nanos, seconds, failed);
        }
    }
}
