package routes.delivery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import routes.config.ContextService;
import routes.registry.Callbacks.Callback;
import routes.registry.PartnerAuth;

/** Shows a partner who we are in the way that it has registered, beside the signature: in each of the forms that we receive. */
@BindToRegistry("callback-auth")
public class CallbackAuth extends ContextService {

    private static final String AUTHORIZATION = "Authorization";
    private static final String TOKEN = "partnerToken";
    private static final int UNAUTHORIZED = 401;

    /** Of a JWT: a partner's clock may be so far from ours, and the attempt takes its time. */
    private static final int VALID_SECONDS = 300;

    private PartnerTokens tokens;

    @Override
    protected void doStart() {
        tokens = bean("partner-tokens", PartnerTokens.class);
    }

    /**
     * Sets the header that shows it. From here on a failure is the partner's, which the variable {@code called} tells the attempt.
     *
     * @throws Failed when there is no token to be had
     */
    public void apply(Exchange exchange) throws JOSEException {
        Callback callback = CallbackRequest.callback(exchange);
        PartnerAuth auth = callback.auth();
        Message message = exchange.getMessage();
        exchange.setVariable("called", true);
        switch (auth.type()) {
            case "oauth2" -> {
                String token = tokens.token(callback.partner(), auth, Deadline.of(exchange));
                exchange.setProperty(TOKEN, token);
                message.setHeader(AUTHORIZATION, "Bearer " + token);
            }
            case "basic" -> message.setHeader(AUTHORIZATION, basic(auth.field("username"), auth.field("password")));
            case "header" -> message.setHeader(auth.field("name"), auth.field("value"));
            case "hmac" -> message.setHeader(auth.field("header"), auth.field("prefix") + hmac(auth, message));
            case "jwt" -> message.setHeader(auth.field("header"), jwt(auth.field("secret")));
            default -> {
                // none: the signature alone
            }
        }
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the bytes of the body, in hex. */
    private static String hmac(PartnerAuth auth, Message message) {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, auth.field("secret")).hmacHex(message.getBody(byte[].class));
    }

    private static String jwt(String secret) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(VALID_SECONDS)))
                .build();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    /** Whether the partner does not take the token any more, and another try has a new one. */
    public boolean isTokenRefused(Exchange exchange) {
        String token = exchange.getProperty(TOKEN, String.class);
        Callback callback = CallbackRequest.callback(exchange);
        return token != null
                && CallbackRequest.status(exchange) == UNAUTHORIZED
                && tokens.forget(callback.partner(), callback.auth(), token);
    }
}
