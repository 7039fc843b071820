package routes.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import routes.config.ContextService;
import routes.config.Settings;

/**
 * What happens to a request before and beside the routes: limits on headers, on silence, on how much is in progress at
 * once, and JSON for every error that no route gets to see. Camel has no options for these, so the Vert.x instance that it
 * finds in the registry is ours.
 */
@BindToRegistry("edge")
public class Edge extends ContextService implements StartupListener {

    private final AtomicBoolean installed = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    private Vertx vertx;

    private int port;
    private int workerThreads;
    private long maxBodySize;
    private int maxRequests;
    private long maxBytes;
    private int maxRequestLine;
    private int maxHeaderSize;
    private int idleTimeoutSeconds;
    private int retryAfterSeconds;
    private String host;
    private boolean demo;

    /** Its servers have our limits. */
    private final class LimitedVertx extends VertxWrapper {

        LimitedVertx(Vertx delegate) {
            super((VertxInternal) delegate);
        }

        @Override
        public HttpServer createHttpServer(HttpServerOptions options) {
            options.setHttp2ClearTextEnabled(false) // nobody speaks it without TLS, and its limits are others
                    .setMaxInitialLineLength(maxRequestLine)
                    .setMaxHeaderSize(maxHeaderSize)
                    .setIdleTimeout(idleTimeoutSeconds)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS);
            install();
            return super.createHttpServer(options).invalidRequestHandler(EdgeAnswers::unreadable);
        }
    }

    @Override
    protected void doStart() throws Exception {
        Settings settings = settings();
        port = settings.integer("http.port");
        workerThreads = settings.integer("http.worker-threads");
        maxBodySize = settings.number("http.max-body-size");
        maxRequests = settings.integer("http.max-requests");
        maxBytes = settings.number("http.max-bytes-in-progress");
        maxRequestLine = settings.integer("http.max-request-line");
        maxHeaderSize = settings.integer("http.max-header-size");
        idleTimeoutSeconds = settings.integer("http.idle-timeout-seconds");
        retryAfterSeconds = settings.integer("inbox.retry-after-seconds");
        host = settings.text("http.host");
        demo = settings.flag("demo.enabled");
        if (demo && !Set.of("127.0.0.1", "localhost", "::1").contains(host)) {
            throw new IllegalStateException("the demo settings have known passwords: http.host must be 127.0.0.1");
        }
        vertx = new LimitedVertx(Vertx.vertx(new VertxOptions().setWorkerPoolSize(workerThreads)));
        getCamelContext().getRegistry().bind("vertx", Vertx.class, vertx);
        getCamelContext().addStartupListener(this);
    }

    @Override
    protected void doStop() throws Exception {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /** Before the server listens: its router exists already. The management server has one of its own. */
    private void install() {
        Router router =
                VertxPlatformHttpRouter.lookup(getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null || !installed.compareAndSet(false, true)) {
            return;
        }
        router.route().order(Integer.MIN_VALUE).handler(this::admit).failureHandler(EdgeAnswers::failed);
        router.route().order(Integer.MAX_VALUE).handler(request -> EdgeAnswers.unknown(router, request));
    }

    /** A path that cannot be decoded fails in the router of the server itself, around ours. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router.getServer().getServer().requestHandler() instanceof Router outer) {
            outer.errorHandler(
                    400, request -> EdgeAnswers.answer(request, 400, "invalid_request", "the request cannot be read"));
        }
    }

    /** Requests wait in memory for a thread, with their bodies: so only so many may be in progress. */
    private void admit(RoutingContext request) {
        long size = size(request.request());
        int count = requests.incrementAndGet();
        long total = bytes.addAndGet(size);
        request.addEndHandler(end -> {
            requests.decrementAndGet();
            bytes.addAndGet(-size);
        });
        if (!getCamelContext().isStarted()) {
            // Routes come and go meanwhile: a 404 would make the sender give up.
            request.response().putHeader("Retry-After", Integer.toString(retryAfterSeconds));
            EdgeAnswers.answer(request, 503, "temporarily_unavailable", "starting or stopping");
        } else if (count > maxRequests || total > maxBytes) {
            request.response().putHeader("Retry-After", Integer.toString(retryAfterSeconds));
            EdgeAnswers.answer(request, 503, "temporarily_unavailable", "too many requests at once");
        } else {
            request.next();
        }
    }

    /** What the body may take: what the sender says, or the most there is. */
    private long size(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean known = length != null && length.matches("\\d{1,18}");
        if (!known) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : maxBodySize;
        }
        return Math.min(Long.parseLong(length), maxBodySize);
    }
}
