package routes.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.http.StrictJson;

/**
 * A JWT as text, read strictly. Libraries forgive: they skip letters that are none of base64, and take several spellings for the
 * same signature. Here a token has one.
 *
 * @param header base64url, as are the others
 */
record JwtText(String header, String claims, String signature) {

    private static final int MAX_LENGTH = 8192;
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    /** Empty unless it is three parts, none of them empty, padded or spelt otherwise than it must be. */
    static Optional<JwtText> read(String token) {
        Matcher parts = FORM.matcher(token.length() > MAX_LENGTH ? "" : token);
        return parts.matches() && isSpelt(parts.group(1)) && isSpelt(parts.group(2)) && isSpelt(parts.group(3))
                ? Optional.of(new JwtText(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /** Whether no letter lacks, and none has bits that belong to no byte. */
    private static boolean isSpelt(String part) {
        return part.length() % 4 != 1
                && Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes(part))
                        .equals(part);
    }

    private static byte[] bytes(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    /** What is signed. */
    String content() {
        return header + "." + claims;
    }

    /** Empty unless it is an object of JSON. */
    Optional<ObjectNode> headerJson() {
        return StrictJson.object(bytes(header));
    }

    /** Whether it says that it is signed with HS256, and asks for nothing that one must understand. */
    boolean isPlainHs256() {
        return headerJson()
                .filter(json -> json.path("alg").asText().equals("HS256") && !json.has("crit"))
                .isPresent();
    }

    /** Empty unless they are an object of JSON. */
    Optional<ObjectNode> claimsJson() {
        return StrictJson.object(bytes(claims));
    }
}
