package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Guard;

/** No text fails, and whoever connects reads the same host out of a URL as who has checked it. */
class UrlGuardFuzz {

    private static final UrlGuard GUARD = Guard.of(Map.of(), new InMemoryDnsResolver());

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "https://partner.example:8443/a?b=c",
                        "HTTPS://[2606:4700::1111]:443/%2e/@x",
                        "https://8.8.8.8/\\@127.0.0.1",
                        "https://user@partner.example#x",
                        "https://partner.example/{{sealing.keys}}",
                        "https://0x7f.1/",
                        "https://xn--bcher-kva.example:443")
                .map(url -> arguments(url));
    }

    @MethodSource("seeds")
    @FuzzTest
    void allReadTheSameHost(@NotNull String url) throws Exception {
        if (GUARD.problem(url).isPresent()) {
            return;
        }
        UrlText text = UrlText.read(url).orElseThrow();
        URI uri = new URI(url);
        assertEquals("https", text.scheme());
        assertEquals(text.host(), uri.getHost());
        assertEquals(text.port(), uri.getPort());
        assertEquals(text.host(), new URL(url).getHost());
        assertEquals(text.port(), new URL(url).getPort());
        assertNull(uri.getUserInfo());

        // as camel-http and its client do it
        HttpPost request = new HttpPost(url);
        HttpHost host = RoutingSupport.determineHost(request);
        String bare = text.host().replaceAll("[\\[\\]]", "");
        assertEquals(
                bare.toLowerCase(),
                host.getHostName().replaceAll("[\\[\\]]", "").toLowerCase());
        assertEquals(text.port(), host.getPort());
        assertEquals("https", host.getSchemeName());
        assertNull(request.getAuthority().getUserInfo());
        // Camel would fill in what is between braces
        assertFalse(url.contains("{") || url.contains("}"));
    }
}
