package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.StrictJson;
import routes.support.Bundle;
import routes.support.TestDatabase;

/** Whatever a sender posts: it is taken, or kept with the reason; and what is taken is an object for the strictest reader too. */
class WebhookFuzz {

    private static final Bundle BUNDLE = Bundle.start(TestDatabase.H2);
    private static final String TOKEN = token();

    private static String token() {
        try {
            return BUNDLE.token("optum");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "{\"id\":\"1\",\"status\":\"success\",\"discoveryPaths\":{}}",
                        "{\"id\":\"2\",\"status\":\"failure\",\"endDateTime\":\"2026-05-12T14:02:16Z\",\"discoveryPaths\":"
                                + "{\"unsuccessful\":[{\"id\":\"3\",\"name\":\"\\ud83d\\u0000\",\"transaction\":{\"status\":null}}]}}")
                .map(text -> arguments((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aNotificationIsTakenOrKept(byte @NotNull [] body) throws Exception {
        // this machine asks itself
        BugDetectors.allowNetworkConnections();
        HttpResponse<String> response = BUNDLE.send(BUNDLE.request(TOKEN).POST(BodyPublishers.ofByteArray(body)));
        int status = response.statusCode();
        assertTrue(status == 204 || status == 400, status + " " + response.body());
        if (status == 204) {
            // a BOM is the one thing that a reader may pass over
            boolean bom = body.length > 2 && body[0] == (byte) 0xEF;
            assertEquals(!bom, StrictJson.object(body).isPresent());
        }
    }
}
