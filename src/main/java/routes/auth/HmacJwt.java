package routes.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.http.StrictJson;

/**
 * Verifies JWTs that are signed with HS256 by a secret that somebody has typed. JWT libraries refuse a secret of less than 32 bytes,
 * and senders let their customers choose any.
 *
 * @param secrets any may have signed, so that a new one can be tried before the old one goes
 * @param leewaySeconds how far the sender's clock may be from ours
 * @param expRequired whether a token that never expires is refused
 */
record HmacJwt(Secrets secrets, long leewaySeconds, boolean expRequired, InstantSource clock) {

    private static final int MAX_LENGTH = 8192;
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    /** Whether it is such a JWT, signed by one of the secrets and valid now. No claim is required, but for the exp if so configured. */
    boolean verifies(String token) {
        if (token.length() > MAX_LENGTH) {
            return false;
        }
        Matcher parts = TOKEN.matcher(token);
        // the signature first: what nobody has signed is not parsed
        if (!parts.matches() || !signed(parts.group(1) + "." + parts.group(2), parts.group(3))) {
            return false;
        }
        try {
            JsonNode header = json(parts.group(1));
            JsonNode claims = json(parts.group(2));
            return header.path("alg").asText().equals("HS256") && !header.has("crit") && isCurrent(claims);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As text: a signature has one spelling only. */
    private boolean signed(String content, String signature) {
        return secrets.signed(
                content.getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlEncoder().withoutPadding()::encode);
    }

    private static JsonNode json(String part) {
        return StrictJson.object(Base64.getUrlDecoder().decode(part)).orElseThrow(IllegalArgumentException::new);
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
