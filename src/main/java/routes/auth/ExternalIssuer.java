package routes.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import routes.config.Settings;
import routes.http.Refused;

/**
 * Verifies the tokens of an issuer elsewhere, by its public keys. They are fetched when first needed and kept for a while, for longer when the
 * issuer is away; what a token itself says of keys and where to find them is never followed.
 */
final class ExternalIssuer implements TokenVerifier, Closeable {

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    /** A token is verified anew after so long, so that keys which its issuer has withdrawn end. */
    private static final Duration TAKEN = Duration.ofMinutes(5);

    private static final Duration KEYS = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final long MOST_OFTEN_MILLIS = 30_000;
    private static final int RETRY_AFTER_SECONDS = 5;

    /** Whoever waits for an issuer that hangs holds a thread that webhooks want: so only a few may. */
    private final Semaphore places = new Semaphore(16);

    private final String issuer;
    private final int leewaySeconds;
    private final Set<JWSAlgorithm> algorithms;
    private final IssuerClaims meaning;
    private final JWKSource<SecurityContext> keys;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    ExternalIssuer(IssuerProperties properties, IssuerRetriever retriever) {
        issuer = properties.needed("issuer");
        leewaySeconds = properties.positive("leeway-seconds", 60);
        algorithms = algorithms(properties);
        meaning = IssuerClaims.of(properties);
        String url = properties.text("jwks-url", null);
        if (!retriever.isAllowed(url == null ? issuer : url)) {
            throw properties.wrong(url == null ? "issuer" : "jwks-url", "must be a URL that begins with https");
        }
        keys = keys(
                new IssuerKeys(properties.name(), issuer, url, retriever),
                properties.duration("key-cache", KEYS).toMillis());
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                Set.copyOf(Settings.listed(properties.needed("audience"))),
                new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("iss", "aud", "exp"),
                Set.of());
        claims.setMaxClockSkew(leewaySeconds);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static Set<JWSAlgorithm> algorithms(IssuerProperties properties) {
        Set<String> names = Set.copyOf(properties.list("algorithms", "RS256, PS256, ES256"));
        if (!ALGORITHMS.containsAll(names)) {
            throw properties.wrong("algorithms", "must be some of RS, PS and ES with 256, 384 or 512");
        }
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    }

    /** Tokens with keys that are not known have them fetched again, but not more often than so: anybody can write such tokens. */
    private static JWKSource<SecurityContext> keys(IssuerKeys source, long keptMillis) {
        return JWKSourceBuilder.create(source)
                .cache(keptMillis, Math.min(3_000, keptMillis / 3))
                .refreshAheadCache(Math.min(30_000, keptMillis / 3), false)
                .rateLimited(Math.min(MOST_OFTEN_MILLIS, keptMillis / 2))
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public Optional<Verified> read(SignedJWT token, JwtText text) {
        boolean plain = token.getHeader().getCriticalParams() == null
                && algorithms.contains(token.getHeader().getAlgorithm());
        return plain ? verify(token) : Optional.empty();
    }

    private Optional<Verified> verify(SignedJWT token) {
        acquire();
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Instant expires = claims.getExpirationTime().toInstant().plusSeconds(leewaySeconds);
            Instant again = Instant.now().plus(TAKEN);
            return meaning.caller(claims)
                    .map(caller -> new Verified(caller, expires.isBefore(again) ? expires : again));
        } catch (KeySourceException e) {
            throw Refused.unavailable("the keys of the token's issuer cannot be had now", RETRY_AFTER_SECONDS);
        } catch (BadJOSEException | JOSEException e) {
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private void acquire() {
        try {
            if (places.tryAcquire(1, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Refused.unavailable("too many tokens wait for the keys of their issuer", RETRY_AFTER_SECONDS);
    }

    /** Ends the thread that fetches keys ahead. */
    @Override
    public void close() throws IOException {
        if (keys instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
