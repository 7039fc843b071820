package routes.auth;

import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.BindToRegistry;
import org.apache.camel.support.LRUCacheFactory;
import routes.config.ContextService;
import routes.http.Refused;

/** Takes the tokens of all issuers, ours and others. What a token has as its issuer only picks who verifies it, by keys of its own. */
@BindToRegistry("bearer-tokens")
public class BearerTokens extends ContextService {

    private static final int KNOWN_TOKENS = 1_000;

    /** @param keys ours when it was verified: with others it may be worth nothing */
    private record Known(Verified verified, Object keys) {}

    /** By the hash of a token. A sender has the same one for an hour: what was verified once need only be looked up. */
    private final Map<ByteBuffer, Known> known = LRUCacheFactory.newLRUCache(KNOWN_TOKENS);

    private Map<String, TokenVerifier> verifiers = Map.of();
    private AccessTokens ours;
    private RevokedTokens revoked;

    @Override
    protected void doStart() {
        Map<String, TokenVerifier> all = new HashMap<>();
        ours = bean("access-tokens", AccessTokens.class);
        all.put(ours.issuer(), ours);
        for (TokenVerifier issuer :
                bean("external-issuers", ExternalIssuers.class).all()) {
            if (all.put(issuer.issuer(), issuer) != null) {
                throw new IllegalStateException(
                        "oauth2.issuers: two issuers have one name in their tokens, or ours has it");
            }
        }
        verifiers = all;
        revoked = bean("revoked-tokens", RevokedTokens.class);
        known.clear();
    }

    /**
     * The caller that the token stands for; empty when no issuer of these has made it for us, or it was changed, has expired, or is
     * not good any more.
     *
     * @throws Refused 503 when it cannot be told now
     */
    Optional<Caller> verify(String token) {
        return verified(token).map(Verified::caller).filter(caller -> !revoked.contains(caller));
    }

    private Optional<Verified> verified(String token) {
        ByteBuffer hash = hash(token);
        Object keys = ours.keys();
        Known before = known.get(hash);
        if (before != null && before.keys == keys && before.verified.isCurrent()) {
            return Optional.of(before.verified);
        }
        // before anything else: what is spelt wrongly is not even parsed
        Optional<Verified> now =
                JwtText.read(token).flatMap(text -> read(token, text)).filter(Verified::isCurrent);
        now.ifPresentOrElse(verified -> known.put(hash, new Known(verified, keys)), () -> known.remove(hash));
        return now;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Verified> read(String token, JwtText text) {
        if (text.headerJson().isEmpty() || text.claimsJson().isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String issuer = jwt.getJWTClaimsSet().getIssuer();
            return Optional.ofNullable(verifiers.get(issuer)).flatMap(verifier -> verifier.read(jwt, text));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
