package routes.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.TestDatabase;

/** Whatever asks for a token, in whichever way: it is answered, and only with a secret it gets one. */
class TokenEndpointFuzz {

    private static final Bundle BUNDLE = Bundle.start(TestDatabase.H2);

    static Stream<Arguments> seeds() {
        String pair = "client_id=operator&client_secret=wrong";
        return Stream.of(
                arguments("grant_type=client_credentials&" + pair, null, false),
                arguments("grant_type=client_credentials&scope=operations", "operator:wro%6eg+", false),
                arguments(
                        "{\"grant_type\":\"client_credentials\",\"client_id\":\"operator\",\"client_secret\":1}",
                        null,
                        true));
    }

    @MethodSource("seeds")
    @FuzzTest
    void nobodyGetsATokenWithoutASecret(@NotNull String body, String basic, boolean json) throws Exception {
        // this machine asks itself
        BugDetectors.allowNetworkConnections();
        HttpRequest.Builder request = HttpRequest.newBuilder(BUNDLE.uri("/oauth2/token"))
                .header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (basic != null) {
            byte[] pair = basic.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        HttpResponse<String> response = BUNDLE.send(request);
        int status = response.statusCode();
        assertTrue(status >= 400 && status < 500, status + " " + response.body());
        assertTrue(Bundle.json(response).hasNonNull("error"), response.body());
    }
}
