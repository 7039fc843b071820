package routes.registry;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a partner may have us send, beside those that every notification has. */
final class HeaderNames {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Those of the connection, those that we set ourselves, and those that Camel's HTTP client keeps back. */
    private static final Set<String> TAKEN = Set.of(
            "accept-encoding",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expect",
            "host",
            "keep-alive",
            "pragma",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via",
            "warning");

    private static final Set<String> TAKEN_PREFIXES = Set.of("camel", "org.apache.camel", "proxy-", "webhook-");

    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]{0,998}[!-~])?");

    private HeaderNames() {}

    /** Whether it can be a value: visible ASCII, with blanks between. */
    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /** Whether it may carry what authenticates us. */
    static boolean forAuth(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TOKEN.matcher(name).matches()
                && !TAKEN.contains(lower)
                && TAKEN_PREFIXES.stream().noneMatch(lower::startsWith);
    }

    /** Whether it may carry anything else: what authenticates us belongs in {@code auth}, which is never shown. */
    static boolean isFree(String name) {
        return forAuth(name) && !name.equalsIgnoreCase("authorization");
    }
}
