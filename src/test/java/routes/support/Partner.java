package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** The servers of partners, as one: each path is a callback, with its own secret, and with answers that a test chooses. */
public final class Partner implements AutoCloseable {

    /**
     * A request that came.
     *
     * @param id its webhook-id, the same for every try of a delivery
     * @param verified whether its signature is that of the callback's secret
     */
    public record Received(String path, String id, boolean verified, HttpHeaders headers, byte[] bytes) {

        public JsonNode body() throws IOException {
            return Bundle.JSON.readTree(bytes);
        }
    }

    /** What a partner does with a request that it has read. */
    public interface Answer {

        void to(HttpExchange exchange) throws Exception;
    }

    private final int port = Bundle.freePort();
    private final SSLContext tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> inProgress = new ConcurrentHashMap<>();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private volatile boolean anyTime;

    public Partner() throws IOException {
        this(null);
    }

    /** @param tls with what it shows who it is; null: it speaks plain http */
    public Partner(SSLContext tls) throws IOException {
        this.tls = tls;
        back();
    }

    /** Listens, also again where it did before. */
    public void back() throws IOException {
        server = create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private HttpServer create(InetSocketAddress address, int backlog) throws IOException {
        if (tls == null) {
            return HttpServer.create(address, backlog);
        }
        HttpsServer secure = HttpsServer.create(address, backlog);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        return secure;
    }

    /** Listens no more: what it has begun is broken off, and connections are refused. */
    public void away() {
        server.stop(0);
    }

    /** Verifies signatures only, and not that they are of about now. */
    public void takesAnyTime(boolean any) {
        anyTime = any;
    }

    public String url(String path) {
        return url("127.0.0.1", path);
    }

    /** @param host that leads here */
    public String url(String host, String path) {
        return (tls == null ? "http" : "https") + "://" + host + ":" + port + path;
    }

    public int port() {
        return port;
    }

    /** What the registry told this callback, once. */
    public void secret(String path, String secret) {
        secrets.put(path, secret);
    }

    /** What the next requests get, one after the other, and all later ones the last; without any it is 204. */
    public void answers(String path, Answer... next) {
        answers.put(path, new ArrayDeque<>(List.of(next)));
    }

    public static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    public static Answer redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /** Ends the connection instead of answering. */
    public static Answer nothing() {
        return HttpExchange::close;
    }

    /** No answer before {@link #release}, then 204. */
    public Answer hang() {
        return exchange -> {
            released.await();
            exchange.sendResponseHeaders(204, -1);
        };
    }

    /** 200, and then nothing of what was announced before {@link #release}. */
    public Answer hangAfterHeaders() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            released.await();
        };
    }

    /** An answer in JSON. */
    public static Answer json(int status, String json) {
        return exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    public static Answer status(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** 204, with so many headers. */
    public static Answer headers(int count) {
        return exchange -> {
            IntStream.range(0, count).forEach(i -> exchange.getResponseHeaders().set("x-" + i, "y"));
            exchange.sendResponseHeaders(204, -1);
        };
    }

    /** 200, and then as much as the other side takes. */
    public Answer endless() {
        return body(new byte[8192], 0);
    }

    /** 200, and then one byte after the other, each soon enough to look alive. */
    public Answer dripping() {
        return body(new byte[1], 100);
    }

    private Answer body(byte[] piece, int pauseMillis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (!released.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                out.write(piece);
                out.flush();
            }
        };
    }

    /** Ends whatever hangs, drips or has no end. */
    public void release() {
        released.countDown();
    }

    /** All requests to a path, the oldest first. */
    public List<Received> received(String path) {
        return received.stream().filter(request -> request.path.equals(path)).toList();
    }

    /** All requests to any path, the oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Requests to a path that have come and have not got all of their answer. */
    public int inProgress(String path) {
        return inProgress.getOrDefault(path, 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        inProgress.merge(path, 1, Integer::sum);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpHeaders headers = HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true);
            received.add(new Received(
                    path,
                    headers.firstValue("webhook-id").orElse(null),
                    verified(secrets.get(path), body, headers),
                    headers,
                    body));
            next(path).to(exchange);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            inProgress.merge(path, -1, Integer::sum);
        }
    }

    private Answer next(String path) {
        Deque<Answer> left = answers.getOrDefault(path, new ArrayDeque<>());
        synchronized (left) {
            return left.isEmpty() ? status(204) : left.size() == 1 ? left.peek() : left.poll();
        }
    }

    private boolean verified(String secret, byte[] body, HttpHeaders headers) throws WebhookSigningException {
        if (secret == null) {
            return false;
        }
        Webhook webhook = new Webhook(secret);
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            if (anyTime) {
                String id = headers.firstValue("webhook-id").orElseThrow();
                long timestamp = headers.firstValueAsLong("webhook-timestamp").orElseThrow();
                String signature = headers.firstValue("webhook-signature").orElseThrow();
                return webhook.sign(id, timestamp, text).equals(signature);
            }
            webhook.verify(text, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
