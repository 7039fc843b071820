package routes.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.BindToRegistry;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import routes.config.ContextService;
import routes.config.Settings;

/**
 * The HTTP client for partners, who are strangers: no redirect, cookie, retry or decompression of the client's own; one deadline
 * for everything from the connection to the last byte of the answer; and of the answer only its status.
 */
@BindToRegistry("callback-client")
public class CallbackClient extends ContextService implements HttpClientConfigurer {

    private int timeoutSeconds;
    private int maxResponseBytes;
    private ScheduledExecutorService deadlines;

    @Override
    protected void doStart() {
        Settings settings = settings();
        timeoutSeconds = settings.integer("callback.timeout-seconds");
        maxResponseBytes = settings.integer("callback.max-response-bytes");
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

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("webhook-routes")
                .addExecInterceptorFirst("deadline", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    ((Cancellable) scope.originalRequest).cancel();
                },
                timeoutSeconds,
                TimeUnit.SECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (!ends(response.getEntity())) {
                // not by closing the answer: that would read it to its end
                scope.execRuntime.discardEndpoint();
            }
            return new BasicClassicHttpResponse(response.getCode());
        } catch (IOException e) {
            if (late.get()) {
                throw new InterruptedIOException("no answer in time");
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    /** Reads and forgets the answer. One that ends within the limit leaves its connection for others. */
    private boolean ends(HttpEntity entity) throws IOException {
        InputStream in = entity == null ? null : entity.getContent();
        return in == null || in.readNBytes(maxResponseBytes + 1).length <= maxResponseBytes;
    }
}
