package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.StrictJson;
import routes.support.Jwts;

/** Nothing that Develop Health's header may have fails, and nothing is verified that the secret has not signed. */
class HmacJwtFuzz {

    private static final String SECRET = "s3";
    private static final HmacJwt JWT = new HmacJwt(
            new Secrets(List.of(SECRET)), 60, true, InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(Jwts.HEADER, "{\"exp\":1900000000}", ""),
                arguments("{\"alg\":\"none\",\"crit\":[]}", "{\"nbf\":1e3,\"exp\":null}", "e30.e30.e30"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void onlyWhatTheSecretHasSignedIsVerified(@NotNull String header, @NotNull String claims, @NotNull String token) {
        if (JWT.verifies(JwtHeaderPolicy.bare(token))) {
            String bare = JwtHeaderPolicy.bare(token);
            String content = bare.substring(0, bare.lastIndexOf('.'));
            assertEquals(Jwts.signed(SECRET.getBytes(StandardCharsets.UTF_8), content), bare);
        }
        if (JWT.verifies(Jwts.of(SECRET, header, claims))) {
            JsonNode head = StrictJson.object(header).orElseThrow();
            assertEquals("HS256", head.path("alg").textValue());
            assertTrue(!head.has("crit"));
            assertTrue(StrictJson.object(claims).orElseThrow().path("exp").isNumber());
        }
    }
}
