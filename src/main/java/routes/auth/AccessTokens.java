package routes.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.config.Settings;
import routes.sealing.Sealing;

/**
 * Issues and verifies access tokens: JWTs signed with HS256 by a key that all instances share, so that a token of one is
 * good at all of them and verifying it asks no database.
 */
@BindToRegistry("access-tokens")
public class AccessTokens extends ContextService implements TokenVerifier {

    private static final String AUDIENCE = "webhook-routes";
    private static final String FIRST_KEY = "1";
    private static final String SINCE = "since";

    /**
     * The keys that are good.
     *
     * @param signing the id of the one that signs
     */
    private record Keys(String signing, Map<String, byte[]> all) {

        boolean isLike(Keys other) {
            return signing.equals(other.signing) && all.keySet().equals(other.all.keySet());
        }

        /** Nothing of it belongs in a log. */
        @Override
        public String toString() {
            return "Keys" + all.keySet();
        }
    }

    private Sealing sealing;
    private SigningKeyStore store;
    private volatile Keys keys;

    private String issuer;
    private int lifetimeSeconds;

    @Override
    protected void doStart() {
        Settings settings = settings();
        issuer = settings.text("oauth2.issuer");
        lifetimeSeconds = settings.positive("oauth2.token-lifetime-seconds");
        sealing = bean("sealing", Sealing.class);
        store = bean("signing-key-store", SigningKeyStore.class);
        keys = read();
    }

    private Keys read() {
        Map<String, byte[]> opened = new LinkedHashMap<>();
        store.keys(() -> Map.entry(FIRST_KEY, sealing.seal(SigningKeyStore.name(FIRST_KEY), SigningKeyStore.newKey())))
                .forEach((id, bytes) -> opened.put(id, sealing.open(SigningKeyStore.name(id), bytes)));
        return new Keys(opened.keySet().iterator().next(), opened);
    }

    /** Reads the keys again, of which another instance may have replaced one. */
    void readAgain() {
        Keys now = read();
        if (!now.isLike(keys)) {
            keys = now;
        }
    }

    /** What tells whether they are still the same; by identity. */
    Object keys() {
        return keys;
    }

    /** Seconds a token is valid. */
    int lifetimeSeconds() {
        return lifetimeSeconds;
    }

    /** A signed token for the client with these of its scopes. */
    String issue(Client client, Set<String> scopes) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(client.id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(lifetimeSeconds)))
                .jwtID(UUID.randomUUID().toString())
                .claim("scope", String.join(" ", scopes))
                .claim("tenants", List.copyOf(client.tenants()))
                .claim("partner", client.partner())
                .claim(SINCE, client.since())
                .build();
        Keys current = keys;
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(current.signing).build(), claims);
        try {
            jwt.sign(new MACSigner(current.all.get(current.signing)));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
        return jwt.serialize();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public Optional<Verified> read(SignedJWT jwt, JwtText text) {
        if (!text.isPlainHs256()) {
            return Optional.empty();
        }
        try {
            byte[] key = jwt.getHeader().getKeyID() == null
                    ? null
                    : keys.all.get(jwt.getHeader().getKeyID());
            if (key == null || !jwt.verify(new MACVerifier(key))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Date begin = claims.getNotBeforeTime();
            boolean forUs = claims.getExpirationTime() != null
                    && (begin == null || !begin.toInstant().isAfter(Instant.now()))
                    && issuer.equals(claims.getIssuer())
                    && claims.getAudience().contains(AUDIENCE);
            return forUs
                    ? Optional.of(new Verified(
                            caller(claims), claims.getExpirationTime().toInstant()))
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        String scope = claims.getStringClaim("scope");
        List<String> tenants = claims.getStringListClaim("tenants");
        if (claims.getSubject() == null || scope == null || tenants != null && tenants.contains(null)) {
            throw new ParseException("a claim is missing", 0);
        }
        return new Caller(
                claims.getSubject(),
                set(List.of(scope.split(" "))),
                set(tenants),
                claims.getStringClaim("partner"),
                claims.getLongClaim(SINCE));
    }

    private static Set<String> set(Collection<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }
}
