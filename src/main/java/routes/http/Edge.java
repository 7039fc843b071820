package routes.http;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.telemetry.Metrics;

/**
 * What happens to a request before and beside the routes: how strictly it is read, limits on headers, on silence, on how much is in
 * progress at once, TLS, and JSON for every error that no route gets to see. Camel has no options for these, so the Vert.x instance that it
 * finds in the registry is ours.
 */
@BindToRegistry("edge")
public class Edge extends ContextService implements StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String MANAGEMENT = "management";
    private static final int MANAGEMENT_WORKERS = 4;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final AtomicBoolean installed = new AtomicBoolean();
    private Vertx vertx;
    private volatile EdgeAnswers answers;
    private ForeignTls foreignTls;
    private ServerTls tls;
    private int port;
    private int maxHeaders;
    private int headSeconds;
    private int answerSeconds;

    /** Its servers have our limits, and the main one TLS if there is to be any. */
    private final class LimitedVertx extends VertxWrapper {

        private final WorkerExecutor management;

        LimitedVertx(VertxInternal delegate) {
            super(delegate);
            management = delegate.createSharedWorkerExecutor("management", MANAGEMENT_WORKERS);
        }

        /** As Camel runs health and metrics. While all workers wait for the database it must be seen that they do. */
        @Override
        public <T> void executeBlocking(Handler<Promise<T>> code, boolean ordered, Handler<AsyncResult<T>> then) {
            Context context = Vertx.currentContext();
            if (context != null && context.get(MANAGEMENT) != null) {
                management.executeBlocking(code, ordered, then);
            } else {
                super.executeBlocking(code, ordered, then);
            }
        }

        @Override
        public HttpServer createHttpServer(HttpServerOptions options) {
            Settings settings = settings();
            foreignTls.refuse(options);
            options.setHttp2ClearTextEnabled(false) // nobody speaks it without TLS, and its limits are others
                    .setMaxInitialLineLength(settings.positive("http.max-request-line"))
                    .setMaxHeaderSize(settings.positive("http.max-header-size"))
                    .setIdleTimeout(settings.positive("http.idle-timeout-seconds"))
                    .setIdleTimeoutUnit(TimeUnit.SECONDS);
            answers = new EdgeAnswers(getCamelContext().getRegistry().findByType(ErrorForm.class), metrics());
            boolean main = install(settings);
            boolean secure = main && tls.isOn();
            if (secure) {
                tls.configure(options);
            }
            HttpServer server = super.createHttpServer(options)
                    .invalidRequestHandler(answers::unreadable)
                    .connectionHandler(connection -> {
                        guard(connection, options);
                        if (!main) {
                            ((ConnectionBase) connection).getContext().put(MANAGEMENT, true);
                        }
                    });
            if (secure) {
                tls.watch(server);
            }
            return server;
        }
    }

    /** Vert.x reads requests as leniently as Netty does: ours takes the place of its decoder. */
    private void guard(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        StrictDecoder requests = new StrictDecoder(options, maxHeaders, headSeconds);
        pipeline.replace("httpDecoder", "httpDecoder", requests);
        pipeline.addBefore("handler", "answers", new AnswerGate(requests, answerSeconds, options.isSsl()));
    }

    @Override
    protected void doStart() throws Exception {
        Settings settings = settings();
        if (settings.flag("demo.enabled")) {
            if (!LOOPBACK.contains(settings.text("http.host"))) {
                throw new IllegalStateException("the demo settings have known passwords: http.host must be 127.0.0.1");
            }
            LOG.warn("the demo settings are in force: known passwords, for trying out on this machine only");
        }
        settings.positive("http.max-body-size"); // Camel's, which takes anything
        HeaderAllowList.requests(settings); // a wrong one stops the start
        port = settings.integer("http.port");
        maxHeaders = settings.positive("http.max-headers");
        headSeconds = settings.positive("http.head-timeout-seconds");
        answerSeconds = settings.positive("http.answer-timeout-seconds");
        foreignTls = new ForeignTls(getCamelContext());
        VertxOptions options = new VertxOptions().setWorkerPoolSize(settings.positive("http.worker-threads"));
        vertx = new LimitedVertx((VertxInternal) new VertxBuilder(options)
                .init()
                .findTransport(new Accepted(settings.positive("http.max-connections")))
                .vertx());
        tls = new ServerTls(settings, vertx);
        getCamelContext().getRegistry().bind("vertx", Vertx.class, vertx);
        getCamelContext().addStartupListener(this);
    }

    @Override
    protected void doStop() throws Exception {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /**
     * Before the server listens: its router exists already. The management server has one of its own.
     *
     * @return whether it is the main server
     */
    private boolean install(Settings settings) {
        Router router =
                VertxPlatformHttpRouter.lookup(getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router == null || !installed.compareAndSet(false, true)) {
            return false;
        }
        Admission admission = new Admission(
                vertx,
                new Admission.Limits(
                        settings.positive("http.max-requests"),
                        settings.positiveNumber("http.max-bytes-in-progress"),
                        settings.positive("http.request-timeout-seconds"),
                        2 * settings.positive("inbox.commit-timeout-seconds"),
                        settings.positive("inbox.retry-after-seconds")),
                getCamelContext()::isStarted,
                answers);
        gauges(settings, admission);
        router.route().order(Integer.MIN_VALUE).handler(admission).failureHandler(answers::failed);
        router.route().order(Integer.MAX_VALUE).handler(request -> answers.unknown(router, request));
        return true;
    }

    private void gauges(Settings settings, Admission admission) {
        Metrics metrics = metrics();
        metrics.gauge("webhook.http.requests", "Requests in progress", admission, Admission::requestsInProgress);
        metrics.gauge(
                "webhook.http.requests.limit",
                "How many may be in progress: more are answered 503",
                settings.positive("http.max-requests"),
                Integer::doubleValue);
        metrics.gauge(
                "webhook.http.workers",
                "How many requests routes work on at once",
                settings.positive("http.worker-threads"),
                Integer::doubleValue);
    }

    private Metrics metrics() {
        return bean("metrics", Metrics.class);
    }

    /** What fails around the routes: a path that cannot be decoded, and all that the management server does not know. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        for (VertxPlatformHttpRouter router : context.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
            if (router.getServer().getServer().requestHandler() instanceof Router outer) {
                outer.errorHandler(
                                400,
                                request ->
                                        answers.answer(request, 400, "invalid_request", "the request cannot be read"))
                        .errorHandler(
                                404,
                                request -> answers.answer(request, 404, "not_found", "there is nothing at this path"))
                        .errorHandler(
                                405,
                                request -> answers.answer(
                                        request, 405, "method_not_allowed", "this path does not take this method"))
                        .errorHandler(500, answers::failed);
            }
        }
    }
}
