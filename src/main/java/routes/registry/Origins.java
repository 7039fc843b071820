package routes.registry;

import java.net.URI;

/** Where URLs that were checked lead: scheme, host and port. */
final class Origins {

    private Origins() {}

    static boolean same(String one, String other) {
        return of(URI.create(one)).equals(of(URI.create(other)));
    }

    private static String of(URI url) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() < 0 ? secure ? 443 : 80 : url.getPort();
        return (secure ? "https" : "http") + "://" + url.getHost().toLowerCase(java.util.Locale.ROOT) + ":" + port;
    }
}
