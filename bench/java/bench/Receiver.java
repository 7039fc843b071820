package bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import routes.support.Bundle;

/** All partners in one server, which reads what comes, notes when, and answers 204. */
final class Receiver implements AutoCloseable {

    private static final String KEY = "\"processUniqueId\":\"";
    private static final int ID_LENGTH = 36;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final int port = Bundle.freePort();
    private final Map<UUID, Long> arrivals = new ConcurrentHashMap<>();
    private final Queue<HttpServerResponse> held = new ConcurrentLinkedQueue<>();
    private volatile String hanging = "";

    Receiver() throws Exception {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::receive)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            long now = System.nanoTime();
            if (request.path().equals("/" + hanging)) {
                held.add(request.response());
                return;
            }
            request.response().setStatusCode(204).end();
            arrivals.putIfAbsent(task(body), now);
        });
    }

    /** No request to this partner is answered from now on. */
    void hang(String path) {
        hanging = path;
    }

    /** Those that hang are broken off, and all partners are well again. */
    void release() {
        hanging = "";
        for (HttpServerResponse response = held.poll(); response != null; response = held.poll()) {
            response.reset();
        }
    }

    private static UUID task(Buffer body) {
        String text = body.toString();
        int id = text.indexOf(KEY) + KEY.length();
        return UUID.fromString(text.substring(id, id + ID_LENGTH));
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + "/" + path;
    }

    /** When each task has come, on the clock of {@link System#nanoTime}. */
    Map<UUID, Long> arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
