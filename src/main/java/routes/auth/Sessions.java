package routes.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.http.ClientAddresses;
import routes.http.Refused;
import routes.http.Request;

/**
 * Who is logged in to the pages. A session is an access token of ours in a cookie: so it ends as tokens do, is good at all instances, and is
 * kept nowhere. What makes it more than a token is that a browser shows it by itself; so whatever changes something must also show
 * that a page of ours has asked for it.
 */
@BindToRegistry("sessions")
public class Sessions extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String COOKIE = "console-session";
    private static final String FORM_TOKEN = "csrf";
    private static final String NEEDED = "operations";
    private static final Set<String> SCOPES = Set.of(NEEDED, "payloads", "admin");
    private static final byte[] LABEL = "a form of the console".getBytes(StandardCharsets.UTF_8);

    private TokenEndpoint endpoint;
    private AccessTokens issued;
    private BearerTokens tokens;
    private ClientAddresses addresses;

    @Override
    protected void doStart() {
        endpoint = bean("token-endpoint", TokenEndpoint.class);
        issued = bean("access-tokens", AccessTokens.class);
        tokens = bean("bearer-tokens", BearerTokens.class);
        addresses = bean("client-addresses", ClientAddresses.class);
    }

    /**
     * Logs in with id and secret of a client; what the token allows is no more than the pages need.
     *
     * @throws TokenError 401 when they are wrong
     * @throws Refused 429 after many that were; 403 when the client may not look at events, or another site has asked for it
     */
    public void open(Exchange exchange) {
        Request request = Request.of(exchange);
        checkOrigin(exchange, request);
        String id = field(request, "client_id");
        String secret = field(request, "client_secret");
        if (id.isEmpty() || secret.isEmpty()) {
            throw TokenError.invalidClient(false);
        }
        Client client = endpoint.authenticated(exchange, new TokenRequest(null, id, secret, null, false));
        if (!client.scopes().contains(NEEDED)) {
            throw new Refused(
                    403, "insufficient_scope", "this client may not use the console: it lacks the scope " + NEEDED);
        }
        Set<String> scopes = new TreeSet<>(client.scopes());
        scopes.retainAll(SCOPES);
        Client here = new Client(client.id(), client.secrets(), scopes, Set.of(), null, client.since());
        setCookie(exchange, issued.issue(here, scopes), issued.lifetimeSeconds());
        LOG.info("logged in client={}", client.id());
    }

    /** Logs out: the browser forgets the token. */
    public void close(Exchange exchange) {
        setCookie(exchange, "", 0);
    }

    private void setCookie(Exchange exchange, String value, int seconds) {
        String secure = addresses.isSecure(exchange) ? "; Secure" : "";
        exchange.getMessage()
                .setHeader(
                        "Set-Cookie",
                        COOKIE + "=" + value + "; Path=/console; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                                + secure);
    }

    /**
     * Who is logged in, and has asked for this by a page of ours if it changes anything. Pages learn of it by the variable {@code session}.
     *
     * @throws NoSession when nobody is
     * @throws Refused 403 when no page of ours has asked
     */
    Caller verify(Exchange exchange) {
        Request request = Request.of(exchange);
        String token = request.cookie(COOKIE).orElseThrow(NoSession::new);
        Caller caller = tokens.verify(token).orElseThrow(NoSession::new);
        String formToken = HexFormat.of().formatHex(Secrets.hmac(LABEL, token));
        if (!request.isGet()) {
            checkOrigin(exchange, request);
            if (!MessageDigest.isEqual(bytes(formToken), bytes(field(request, FORM_TOKEN)))) {
                throw new Refused(
                        403,
                        "forged_request",
                        "this did not come from a page of the console; go back, load it again, and try once more");
            }
        }
        Map<String, Object> session = new HashMap<>();
        session.put("client", caller.client());
        session.put(FORM_TOKEN, formToken);
        SCOPES.forEach(scope -> session.put(scope, caller.scopes().contains(scope)));
        exchange.setVariable("session", session);
        return caller;
    }

    /** Browsers say whose page has asked. Where a proxy ends TLS that we do not know of, they say https, and we do not know better. */
    private void checkOrigin(Exchange exchange, Request request) {
        String host = request.header("Host").orElse("");
        boolean own = request.header("Origin")
                .map(origin -> origin.equalsIgnoreCase("https://" + host)
                        || !addresses.isSecure(exchange) && origin.equalsIgnoreCase("http://" + host))
                .orElse(true);
        if (!own) {
            throw new Refused(403, "forged_request", "another site has asked for this");
        }
    }

    private static String field(Request request, String name) {
        List<String> values = request.form().getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
