package routes.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a client shows of itself. RFC 6749 section 2.3.1 has the two parts of HTTP Basic form-encoded; many clients send them as they are. The
 * id is settled before anything is counted or looked up by it, so that one that is spelt otherwise is the same.
 *
 * @param id of the client that is meant
 * @param secrets the secret, in both spellings when either may be meant
 */
record Credentials(String id, List<String> secrets) {

    /** @param isId whether a client of the properties has this id: then it is not decoded */
    static Credentials of(TokenRequest request, Predicate<String> isId) {
        Credentials asTheyAre = new Credentials(request.id(), List.of(request.secret()));
        if (!request.basic()) {
            return asTheyAre;
        }
        try {
            String id = decoded(request.id());
            String secret = decoded(request.secret());
            if (id.equals(request.id())) {
                return new Credentials(
                        id, Stream.of(request.secret(), secret).distinct().toList());
            }
            return isId.test(request.id()) ? asTheyAre : new Credentials(id, List.of(secret));
        } catch (IllegalArgumentException e) {
            return asTheyAre;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "Credentials[" + id + "]";
    }
}
