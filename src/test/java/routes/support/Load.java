package routes.support;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Senders that post one task after the other, each under an id of its own, and, as a real sender does, send again what was
 * not acknowledged, until it is.
 */
public final class Load implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;
    private static final long RETRY_MILLIS = 100;

    /** What came of one request. */
    public enum Outcome {
        ACKNOWLEDGED,
        /** answered with something else than 204 */
        REJECTED,
        /** the connection was refused: the request never left */
        REFUSED,
        /** the connection broke before an answer came, or none came in time */
        BROKEN
    }

    /**
     * One request.
     *
     * @param sentAt just before it was sent, on the clock of {@link System#nanoTime}
     * @param status null where there was no answer
     */
    public record Try(UUID task, long sentAt, Outcome outcome, Integer status) {}

    private final HttpClient http;
    private final Queue<UUID> unacknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Try> tries = new ConcurrentLinkedQueue<>();
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService senders;
    private final URI webhook;
    private final String token;
    private volatile boolean finishing;

    /** Starts so many senders. */
    public Load(URI webhook, String token, int count) {
        this(HttpClient.newBuilder(), webhook, token, count);
    }

    /** As {@link #Load(URI, String, int)}, with clients of another kind. */
    public Load(HttpClient.Builder clients, URI webhook, String token, int count) {
        // HTTP/1.1 as the senders speak it, with connections that are kept alive
        http = clients.version(Version.HTTP_1_1).build();
        this.webhook = webhook;
        this.token = token;
        senders = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            senders.submit(this::run);
        }
    }

    private Void run() throws InterruptedException {
        boolean sent = true;
        while (!stopped.await(sent ? PAUSE_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
            UUID task = unacknowledged.poll();
            if (task == null && finishing) {
                return null;
            }
            sent = send(task == null ? UUID.randomUUID() : task);
        }
        return null;
    }

    private boolean send(UUID task) throws InterruptedException {
        Try made = post(task);
        tries.add(made);
        if (made.outcome == Outcome.ACKNOWLEDGED) {
            acknowledged.add(task);
            return true;
        }
        unacknowledged.add(task);
        return false;
    }

    /** Posts a task once. */
    public Try post(UUID task) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .header("Authorization", "Bearer " + token)
                .header("x-optum-tenant-id", Bundle.TENANT)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(task)))
                .build();
        long sentAt = System.nanoTime();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return new Try(task, sentAt, status == 204 ? Outcome.ACKNOWLEDGED : Outcome.REJECTED, status);
        } catch (ConnectException e) {
            return new Try(task, sentAt, Outcome.REFUSED, null);
        } catch (IOException e) {
            return new Try(task, sentAt, Outcome.BROKEN, null);
        }
    }

    /** The tasks that got 204: the bundle must not lose one of them. */
    public Set<UUID> acknowledged() {
        return acknowledged;
    }

    /** Every request there was. */
    public Collection<Try> tries() {
        return List.copyOf(tries);
    }

    /** The statuses of all answers there were. */
    public Set<Integer> statuses() {
        return tries.stream().map(Try::status).filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Sends nothing new any more, and waits until everything sent before is acknowledged. */
    public void finish() throws InterruptedException {
        finishing = true;
        end();
    }

    /** Stops at once: each sender waits for the end of its present request only. */
    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        end();
    }

    private void end() throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("senders that do not come to an end");
        }
    }
}
