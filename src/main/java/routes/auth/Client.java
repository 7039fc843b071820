package routes.auth;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may ask for a token.
 *
 * @param id its client id
 * @param secrets the hashes of its secrets, any of which is good
 * @param scopes what its tokens may do
 * @param tenants whose notifications it may post; {@code *}: anybody's
 * @param partner the partner it acts for, or null
 * @param since of a client that was made by API: when it last was changed so that tokens from before are not good any more, in
 *     microseconds; null: it is one of the properties
 */
public record Client(
        String id, ClientSecrets secrets, Set<String> scopes, Set<String> tenants, String partner, Long since) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int TENANTS_BYTES = 4_500;

    /** Whether a client that is made by API may have this id. */
    public static boolean isValidId(String id) {
        return ID.matcher(id).matches();
    }

    /** Whether so many tenants fit into its tokens, which are not taken when they are longer than {@link JwtText} allows. */
    public static boolean canHave(Set<String> tenants) {
        String json = JSONArrayUtils.toJSONString(List.copyOf(tenants));
        return json.getBytes(StandardCharsets.UTF_8).length <= TENANTS_BYTES;
    }

    /** A client that was made by API. */
    public static Client registered(
            String id, List<String> hashes, Set<String> scopes, Set<String> tenants, String partner, long since) {
        return new Client(id, ClientSecrets.of(hashes), scopes, tenants, partner, since);
    }
}
