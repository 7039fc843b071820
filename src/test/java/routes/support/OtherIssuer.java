package routes.support;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** An OAuth2 server of somebody else, on a port of its own. Each first segment of its paths is an issuer with a key of its own. */
public final class OtherIssuer implements AutoCloseable {

    private final int port = Bundle.freePort();
    private MockOAuth2Server server;

    /** Starts it, with other keys than it had before. */
    public void start(String... issuers) throws Exception {
        List<RSAKey> keys = new ArrayList<>();
        for (String issuer : issuers) {
            keys.add(new RSAKeyGenerator(2048)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate());
        }
        server = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(new KeyProvider(keys))));
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    public String url(String issuer) {
        return "http://localhost:" + port + "/" + issuer;
    }

    public URI tokenEndpoint(String issuer) {
        return URI.create(url(issuer) + "/token");
    }

    /** What the next token has that somebody asks that issuer for. */
    public void allowNext(String issuer, String audience, Map<String, Object> claims) {
        server.enqueueCallback(
                new DefaultOAuth2TokenCallback(issuer, "a-client", "JWT", List.of(audience), claims, 60));
    }

    /** Signed by the key of that issuer, whatever the claims are. */
    public String token(String issuer, Map<String, Object> claims, Duration lifetime) {
        return server.getConfig()
                .getTokenProvider()
                .jwt(claims, lifetime, issuer)
                .serialize();
    }

    /** What its public keys are, as anybody can have them. */
    public RSAKey publicKey(String issuer) {
        return server.getConfig()
                .getTokenProvider()
                .publicJwkSet(issuer)
                .getKeys()
                .get(0)
                .toRSAKey();
    }

    /** The paths that it was asked for since this was asked last. */
    public List<String> asked() {
        List<String> paths = new ArrayList<>();
        try {
            while (true) {
                paths.add(server.takeRequest(50, TimeUnit.MILLISECONDS).getPath());
            }
        } catch (RuntimeException none) {
            return paths;
        }
    }

    /** Nobody answers any more. */
    @Override
    public void close() {
        server.shutdown();
    }
}
