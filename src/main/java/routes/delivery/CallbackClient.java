package routes.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import routes.config.ContextService;
import routes.config.Settings;
import routes.registry.UrlGuard;

/**
 * The HTTP client for partners, who are strangers: no redirect, cookie, retry or decompression of the client's own; one deadline
 * for everything from the connection to the last byte of the answer; and of the answer only its status and when to come back.
 */
@BindToRegistry("callback-client")
public class CallbackClient extends ContextService implements HttpClientConfigurer {

    private static final String RETRY_AFTER = "Retry-After";

    /** When the request that this thread is about to make must have ended. */
    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private PartnerConnections connections;
    private int timeoutSeconds;
    private int maxResponseBytes;
    private ScheduledExecutorService deadlines;

    @Override
    protected void doStart() {
        Settings settings = settings();
        connections = new PartnerConnections(settings, bean("url-guard", UrlGuard.class));
        timeoutSeconds = settings.positive("callback.timeout-seconds");
        maxResponseBytes = settings.positive("callback.max-response-bytes");
        deadlines = getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "callback-deadline");
    }

    @Override
    protected void doStop() {
        if (deadlines != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(deadlines);
        }
    }

    /**
     * What is left of an attempt that has done other things before bounds the next request of this thread too.
     *
     * @param nanoTime on the clock of {@link System#nanoTime}; null: only {@code callback.timeout-seconds}
     */
    static void mustEndBy(Long nanoTime) {
        END.set(nanoTime);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        configure(builder, false);
    }

    /** A client of its own, within the same limits, for answers that matter: they come whole or not at all. */
    CloseableHttpClient forAnswers() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        configure(builder, true);
        return builder.build();
    }

    private void configure(HttpClientBuilder builder, boolean keepsAnswer) {
        Timeout most = Timeout.ofSeconds(timeoutSeconds);
        connections
                .open(builder, () -> isOver(END.get()))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(most)
                        .setResponseTimeout(most)
                        .setAuthenticationEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("webhook-routes")
                .addExecInterceptorFirst(
                        "deadline", (request, scope, chain) -> execute(request, scope, chain, keepsAnswer));
    }

    private static boolean isOver(Long end) {
        return end != null && end - System.nanoTime() <= 0;
    }

    private ClassicHttpResponse execute(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, boolean keepsAnswer)
            throws IOException, HttpException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        if (END.get() == null || END.get() - end > 0) {
            END.set(end);
        }
        ScheduledFuture<?> deadline = deadlines.schedule(
                ((Cancellable) scope.originalRequest)::cancel, END.get() - System.nanoTime(), TimeUnit.NANOSECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            byte[] read = read(response.getEntity());
            boolean whole = read.length <= maxResponseBytes;
            if (!whole) {
                // not by closing the answer: that would read it to its end
                scope.execRuntime.discardEndpoint();
            }
            ClassicHttpResponse kept = new BasicClassicHttpResponse(response.getCode());
            if (response.containsHeader(RETRY_AFTER)) {
                kept.setHeader(response.getFirstHeader(RETRY_AFTER));
            }
            if (keepsAnswer && whole) {
                kept.setEntity(new ByteArrayEntity(read, ContentType.APPLICATION_JSON));
            }
            return kept;
        } catch (IOException | IllegalStateException e) { // the latter when it was cancelled between two steps
            if (isOver(END.get())) {
                throw new InterruptedIOException("no answer in time");
            }
            throw e;
        } finally {
            END.remove();
            deadline.cancel(false);
        }
    }

    /** Up to one byte more than the limit. An answer that ends within the limit leaves its connection for others. */
    private byte[] read(HttpEntity entity) throws IOException {
        InputStream in = entity == null ? null : entity.getContent();
        return in == null ? new byte[0] : in.readNBytes(maxResponseBytes + 1);
    }
}
