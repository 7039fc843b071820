package routes.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Which requests may be in progress. Their bodies are in memory, before anybody has vouched for them, and wait there for a
 * thread: so their number, their bytes and the time they take to come are limited.
 */
final class Admission implements Handler<RoutingContext> {

    private static final int LOOK_EVERY_MILLIS = 100;

    /**
     * What may be in progress at once.
     *
     * @param requests requests
     * @param bytes bytes of bodies that have come
     * @param seconds for a request to come whole
     * @param routeSeconds for a route to be done with one
     * @param retryAfterSeconds what a 503 tells the sender to wait
     */
    record Limits(int requests, long bytes, int seconds, int routeSeconds, int retryAfterSeconds) {}

    private final Limits limits;
    private final BooleanSupplier serving;
    private final EdgeAnswers answers;
    private final Map<RoutingContext, Context> inProgress = new ConcurrentHashMap<>();
    private volatile long bytes;

    /** @param serving whether the routes are there; while they come and go, a 404 would make a sender give up */
    Admission(Vertx vertx, Limits limits, BooleanSupplier serving, EdgeAnswers answers) {
        this.limits = limits;
        this.serving = serving;
        this.answers = answers;
        vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> shed());
    }

    int requestsInProgress() {
        return inProgress.size();
    }

    @Override
    public void handle(RoutingContext request) {
        limitTime(request);
        String contentType = request.request().getHeader("Content-Type");
        if (!serving.getAsBoolean()) {
            unavailable(request, "starting or stopping");
        } else if (inProgress.size() >= limits.requests || bytes > limits.bytes) {
            unavailable(request, "too many requests at once");
        } else if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            // The server would write its parts to files.
            answers.answer(request, 415, "invalid_request", "nothing here takes multipart bodies");
        } else if (!isPlain(request)) {
            answers.answer(request, 400, "invalid_request", "the path or the query is not in its plain form");
        } else {
            admit(request);
        }
    }

    /**
     * Whether nobody can read the address in two ways: the router goes by the path without dots, double slashes and needless
     * escapes, and whoever asks for a segment by the path as it came. A query that cannot be decoded would fail in the routes.
     */
    private static boolean isPlain(RoutingContext request) {
        try {
            request.queryParams();
            return request.normalizedPath().equals(request.request().path());
        } catch (HttpException | IllegalArgumentException e) {
            return false;
        }
    }

    private void admit(RoutingContext request) {
        inProgress.put(request, request.vertx().getOrCreateContext());
        request.addEndHandler(end -> {
            if (end.failed() && request.request().isEnded()) {
                // The sender has gone, but a route still has the body: until it must be done with it.
                request.vertx().setTimer(1000L * limits.routeSeconds, id -> inProgress.remove(request));
            } else {
                inProgress.remove(request);
            }
        });
        request.next();
    }

    /** Also of what has its answer already: the rest of it is still read. */
    private void limitTime(RoutingContext request) {
        long timer = request.vertx().setTimer(1000L * limits.seconds, id -> late(request));
        request.addEndHandler(end -> {
            if (request.request().isEnded()) {
                request.vertx().cancelTimer(timer);
            }
        });
    }

    private void late(RoutingContext request) {
        if (!request.request().isEnded()) {
            answers.answer(request, 408, "invalid_request", "the request took too long to come");
            request.request().connection().close();
        }
    }

    /** Counts what has come, and when it is too much, gives up requests that are still coming. */
    private void shed() {
        long held = 0;
        for (RoutingContext request : inProgress.keySet()) {
            held += request.request().bytesRead();
        }
        bytes = held;
        for (Map.Entry<RoutingContext, Context> entry : inProgress.entrySet()) {
            RoutingContext request = entry.getKey();
            if (held > limits.bytes && !request.request().isEnded()) {
                held -= request.request().bytesRead();
                entry.getValue().runOnContext(now -> giveUp(request));
            }
        }
    }

    private void giveUp(RoutingContext request) {
        if (!request.request().isEnded() && !request.response().ended()) {
            unavailable(request, "too many requests at once");
            request.request().connection().close();
        }
    }

    private void unavailable(RoutingContext request, String why) {
        if (!request.response().headWritten()) {
            request.response().putHeader("Retry-After", Integer.toString(limits.retryAfterSeconds));
        }
        answers.answer(request, 503, "temporarily_unavailable", why);
    }
}
