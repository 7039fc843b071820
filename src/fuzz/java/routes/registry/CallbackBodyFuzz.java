package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.StrictJson;
import routes.support.Bundle;
import routes.support.Registry;
import routes.support.TestDatabase;

/** Whatever a partner puts for its callback: it is answered, and what is taken is what was put. */
class CallbackBodyFuzz {

    private static final Bundle BUNDLE = Bundle.start(TestDatabase.H2.create(), Registry.clients(List.of("p1")));
    private static final String TOKEN = token();

    private static String token() {
        try {
            new Registry(BUNDLE.uri("/")).grant("p1", Bundle.TENANT);
            return BUNDLE.token("p1");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "{\"callbackUrl\":\"https://partner.example/\",\"format\":\"original\",\"filter\":{\"types\":[\"a\"]}}",
                        "{\"callbackUrl\":\"https://8.8.8.8/\",\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}}",
                        "{\"callbackUrl\":\"https://a.example/\",\"enabled\":false,\"headers\":{\"x-a\":\"1\"}}",
                        "{\"callbackUrl\":\"https://a.example/\",\"auth\":{\"type\":\"oauth2\",\"tokenUrl\":\"https://a.example/\","
                                + "\"clientId\":\"c\",\"clientSecret\":\"s\"}}")
                .map(text -> arguments((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsWhatWasPut(byte @NotNull [] body) throws Exception {
        // this machine asks itself
        BugDetectors.allowNetworkConnections();
        HttpResponse<String> response = BUNDLE.send(HttpRequest.newBuilder(BUNDLE.uri("/partners/p1/callbacks/1"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(body)));
        int status = response.statusCode();
        assertTrue(status / 100 == 2 || status / 100 == 4, status + " " + response.body());
        if (status / 100 == 2) {
            ObjectNode put = StrictJson.object(body).orElseThrow();
            assertEquals(put.get("callbackUrl"), Bundle.json(response).get("callbackUrl"));
        }
    }
}
