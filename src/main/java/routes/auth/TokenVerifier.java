package routes.auth;

import com.nimbusds.jwt.SignedJWT;
import java.util.Optional;
import routes.http.Refused;

/** Verifies the tokens of one issuer. */
interface TokenVerifier {

    /** What its tokens have as {@code iss}. */
    String issuer();

    /**
     * What the token says, also when it has expired; empty: it is not this issuer's, or not for us.
     *
     * @param text the same, as it came; its header and claims are objects without doubt
     * @throws Refused 503 when it cannot be told now
     */
    Optional<Verified> read(SignedJWT token, JwtText text);
}
