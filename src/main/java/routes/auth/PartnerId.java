package routes.auth;

import java.util.Locale;
import java.util.regex.Pattern;

/** The id of a partner in a path, a token or a table: the same GUID is the same partner however it is spelt. */
public final class PartnerId {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    /** Not only dots: such segments of a path mean other folders. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,64}");

    private PartnerId() {}

    /** As it is stored and compared: a GUID in lower case, anything else as it is. */
    public static String normal(String id) {
        return isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    public static boolean isGuid(String id) {
        return GUID.matcher(id).matches();
    }

    /** Whether a partner may have this id. */
    public static boolean isValid(String id) {
        return ID.matcher(id).matches();
    }
}
