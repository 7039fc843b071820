package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.StrictJson;
import routes.support.Bundle;
import routes.support.Jwts;
import routes.support.TestDatabase;

/** Nothing that an Authorization header may have fails, and nobody is let in by what our key has not signed. */
class AccessTokensFuzz {

    private static final Bundle BUNDLE = Bundle.start(TestDatabase.H2);
    private static final AccessTokens TOKENS = BUNDLE.bean("access-tokens", AccessTokens.class);
    private static final BearerTokens BEARER = BUNDLE.bean("bearer-tokens", BearerTokens.class);
    private static final byte[] KEY = SigningKey.of(BUNDLE);

    static Stream<Arguments> seeds() {
        String ours = TOKENS.issue(new Client("c", null, Set.of(), Set.of(), null, null), Set.of("operations"));
        return Stream.of(
                arguments(
                        "{\"alg\":\"HS256\",\"kid\":\"1\"}",
                        "{\"iss\":\"webhook-routes\",\"aud\":\"webhook-routes\",\"sub\":\"c\",\"scope\":\"operations\",\"tenants\":[],\"exp\":9900000000}",
                        ours),
                arguments("{\"alg\":\"none\",\"jwk\":{}}", "{\"nbf\":1e3,\"exp\":null,\"aud\":[null]}", "e30.e30.e30"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void onlyWhatOurKeyHasSignedLetsIn(@NotNull String header, @NotNull String claims, @NotNull String token) {
        if (BEARER.verify(token).isPresent()) {
            assertEquals(Jwts.signed(KEY, token.substring(0, token.lastIndexOf('.'))), token);
        }
        Optional<Caller> caller = BEARER.verify(Jwts.signed(KEY, Jwts.part(header) + "." + Jwts.part(claims)));
        if (caller.isPresent()) {
            JsonNode head = StrictJson.object(header).orElseThrow();
            assertEquals("HS256", head.path("alg").textValue());
            assertEquals(SigningKey.ID, head.path("kid").textValue());
            assertTrue(StrictJson.object(claims).orElseThrow().hasNonNull("exp"));
        }
    }
}
