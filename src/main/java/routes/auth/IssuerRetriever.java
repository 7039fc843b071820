package routes.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets documents of an external issuer: by https, without following it anywhere else, and not for long, however slowly they come. */
final class IssuerRetriever {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ALL = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 512 * 1024;
    private static final int OK = 200;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .version(Version.HTTP_1_1)
            .build();
    private final boolean demo;

    /** @param demo whether this machine may be asked by http */
    IssuerRetriever(boolean demo) {
        this.demo = demo;
    }

    /**
     * The text at the URL.
     *
     * @throws IOException when there is none, it is too long or takes too long, or the URL is not one that may be asked
     */
    String get(String url) throws IOException {
        if (!isAllowed(url)) {
            throw new IOException("not a URL that may be asked");
        }
        CompletableFuture<HttpResponse<String>> asked =
                client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), IssuerRetriever::body);
        try {
            HttpResponse<String> answer = asked.get(ALL.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException("answered " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException e) {
            throw new IOException("it cannot be had", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("it takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            asked.cancel(true); // ends the connection, if it still takes
        }
    }

    private static BodySubscriber<String> body(ResponseInfo info) {
        return new LimitedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), MAX_BYTES);
    }

    /** Whether that URL may be asked. */
    boolean isAllowed(String url) {
        try {
            URI uri = URI.create(url);
            String host = uri.getHost();
            boolean plain = demo && "http".equalsIgnoreCase(uri.getScheme()) && host != null && LOOPBACK.contains(host);
            return host != null && (plain || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
