package routes.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Verifies JWTs that are signed with HS256 by a secret that somebody has typed. JWT libraries refuse a secret of less than 32 bytes,
 * and senders let their customers choose any.
 *
 * @param secrets any may have signed, so that a new one can be tried before the old one goes
 * @param leewaySeconds how far the sender's clock may be from ours
 * @param expRequired whether a token that never expires is refused
 */
record HmacJwt(Secrets secrets, long leewaySeconds, boolean expRequired, InstantSource clock) {

    /** Whether it is such a JWT, signed by one of the secrets and valid now. No claim is required, but for the exp if so configured. */
    boolean verifies(String token) {
        return JwtText.read(token)
                // the signature first: what nobody has signed is not parsed
                .filter(jwt -> isSigned(jwt) && jwt.isPlainHs256())
                .flatMap(JwtText::claimsJson)
                .filter(this::isCurrent)
                .isPresent();
    }

    /** As text: a signature has one spelling only. */
    private boolean isSigned(JwtText jwt) {
        return secrets.signed(
                jwt.content().getBytes(StandardCharsets.US_ASCII),
                jwt.signature().getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlEncoder().withoutPadding()::encode);
    }

    private boolean isCurrent(JsonNode claims) {
        double now = clock.millis() / 1000.0;
        JsonNode exp = claims.path("exp");
        JsonNode nbf = claims.path("nbf");
        boolean begun = nbf.isMissingNode() || nbf.isNumber() && nbf.asDouble() <= now + leewaySeconds;
        boolean notOver = exp.isMissingNode() ? !expRequired : exp.isNumber() && now < exp.asDouble() + leewaySeconds;
        return begun && notOver;
    }
}
