package routes.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
    private static final int RETRY_AFTER_SECONDS = 5;

    private static final String ACCESS_TOKEN = "at+jwt";
    private static final Set<JOSEObjectType> ACCESS_TOKENS =
            Set.of(new JOSEObjectType(ACCESS_TOKEN), new JOSEObjectType("application/" + ACCESS_TOKEN));

    /** What the ID tokens of OpenID Connect have, which are for who signs in, and let nobody in here. */
    private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash");

    /** So does Keycloak call them, in the claim {@code typ}. */
    private static final String ID_TOKEN = "ID";

    private final String issuer;
    private final int leewaySeconds;
    private final Set<JWSAlgorithm> algorithms;
    private final IssuerClaims meaning;
    private final JWKSetBasedJWKSource<SecurityContext> keys;
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
        keys = new JWKSetBasedJWKSource<>(new KeptKeys(
                new IssuerKeys(properties.name(), issuer, url, retriever),
                properties.duration("key-cache", KEYS).toMillis()));
        processor.setJWSTypeVerifier(types(properties));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                Set.copyOf(Settings.listed(properties.needed("audience"))),
                new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("iss", "aud", "exp"),
                OF_ID_TOKENS);
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

    /** Many issuers call their access tokens JWT, as they do all others. */
    private static DefaultJOSEObjectTypeVerifier<SecurityContext> types(IssuerProperties properties) {
        Set<JOSEObjectType> types = new HashSet<>(ACCESS_TOKENS);
        String wanted = properties.text("token-type", "");
        if (wanted.isEmpty()) {
            types.add(JOSEObjectType.JWT);
            types.add(null);
        } else if (!wanted.equals(ACCESS_TOKEN)) {
            throw properties.wrong("token-type", "must be " + ACCESS_TOKEN + ", or not set");
        }
        return new DefaultJOSEObjectTypeVerifier<>(types);
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
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Instant expires = claims.getExpirationTime().toInstant().plusSeconds(leewaySeconds);
            Instant again = Instant.now().plus(TAKEN);
            return meaning.caller(claims)
                    .filter(caller -> !ID_TOKEN.equals(claims.getClaim("typ")))
                    .map(caller -> new Verified(caller, expires.isBefore(again) ? expires : again));
        } catch (KeySourceException e) {
            throw Refused.unavailable("the keys of the token's issuer cannot be had now", RETRY_AFTER_SECONDS);
        } catch (BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** Ends the thread that fetches keys ahead. */
    @Override
    public void close() throws IOException {
        keys.close();
    }
}
