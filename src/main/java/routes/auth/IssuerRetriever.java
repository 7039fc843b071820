package routes.auth;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.Set;

/** Gets documents of an external issuer: by https, without following it anywhere else, and not for long. */
final class IssuerRetriever extends DefaultResourceRetriever {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MAX_BYTES = 512 * 1024;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final boolean demo;

    /** @param demo whether this machine may be asked by http */
    IssuerRetriever(boolean demo) {
        super(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
        this.demo = demo;
    }

    /**
     * The text at the URL.
     *
     * @throws IOException when there is none, or the URL is not one that may be asked
     */
    String get(String url) throws IOException {
        if (!isAllowed(url)) {
            throw new IOException("not a URL that may be asked");
        }
        return retrieveResource(new URL(url)).getContent();
    }

    /** Whether that URL may be asked. */
    boolean isAllowed(String url) {
        try {
            URI uri = URI.create(url);
            boolean plain = demo && "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
            return uri.getHost() != null && (plain || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
        HttpURLConnection connection = super.openHTTPConnection(url);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
