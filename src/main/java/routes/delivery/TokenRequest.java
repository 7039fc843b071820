package routes.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import routes.registry.PartnerAuth;

/** Asks a partner's token endpoint for an access token, by the HTTP client for partners: within its limits, and where it may. */
final class TokenRequest implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_SECONDS = 300;
    private static final int LONGEST_SECONDS = 24 * 60 * 60;
    private static final int EARLY_SECONDS = 60;
    private static final String TOKEN = "[!-~]{1,8192}";

    private final CloseableHttpClient http;
    private final Duration slowRetry;

    /** @param slowRetry before refused credentials are tried again */
    TokenRequest(CallbackClient client, Duration slowRetry) {
        http = client.forAnswers();
        this.slowRetry = slowRetry;
    }

    /**
     * A new token.
     *
     * @param deadline on the clock of {@link System#nanoTime}, or null
     * @throws Failed when there is none; its reason has nothing of the answer but its status
     */
    PartnerTokens.Token send(PartnerAuth auth, Long deadline) {
        Instant asked = Instant.now();
        try {
            CallbackClient.mustEndBy(deadline);
            return http.execute(post(auth), response -> token(response, asked));
        } catch (IOException e) {
            throw new Failed("the token endpoint does not answer");
        }
    }

    private static HttpPost post(PartnerAuth auth) {
        HttpPost post = new HttpPost(auth.field("tokenUrl"));
        post.setHeader("Accept", "application/json");
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "client_credentials");
        String id = auth.field("clientId");
        String secret = auth.field("clientSecret");
        if (auth.field("tokenRequest").equals("basic")) {
            // encoded first, as RFC 6749, 2.3.1 has it
            post.setHeader("Authorization", CallbackAuth.basic(encoded(id), encoded(secret)));
        } else {
            parameters.put("client_id", id);
            parameters.put("client_secret", secret);
        }
        if (!auth.field("scope").isEmpty()) {
            parameters.put("scope", auth.field("scope"));
        }
        post.setEntity(
                auth.field("tokenRequest").equals("json")
                        ? new StringEntity(JSON.valueToTree(parameters).toString(), ContentType.APPLICATION_JSON)
                        : new StringEntity(form(parameters), ContentType.APPLICATION_FORM_URLENCODED));
        return post;
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private PartnerTokens.Token token(ClassicHttpResponse response, Instant asked) {
        int status = response.getCode();
        String reason = "the token endpoint answered " + status;
        if (status >= 400 && !CallbackRequest.isTemporary(status)) {
            throw new Rejected(reason, slowRetry);
        }
        if (status != 200) {
            throw new Failed(reason);
        }
        JsonNode answer = json(response.getEntity());
        String token = answer.path("access_token").asText();
        String type = answer.path("token_type").asText("Bearer");
        if (!token.matches(TOKEN) || !type.equalsIgnoreCase("Bearer")) {
            throw new Failed("the token endpoint gave no bearer token");
        }
        int seconds =
                Math.min(LONGEST_SECONDS, Math.max(1, answer.path("expires_in").asInt(USUAL_SECONDS)));
        int early = Math.min(EARLY_SECONDS, seconds / 5);
        return new PartnerTokens.Token(token, asked.plusSeconds((long) seconds - early), asked.plusSeconds(seconds));
    }

    private static JsonNode json(HttpEntity entity) {
        try {
            return entity == null ? JSON.missingNode() : JSON.readTree(EntityUtils.toByteArray(entity));
        } catch (IOException e) {
            throw new Failed("the token endpoint answered no JSON");
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.GRACEFUL);
    }
}
