package routes.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import routes.http.IpText;

/**
 * What a URL says about where it leads. Whatever two readers might read in two ways is none: the one who connects must see the same
 * host as the one who checks.
 *
 * @param scheme in small letters
 * @param host a name, or an address; an IPv6 address in brackets
 * @param port -1: the scheme's own
 */
record UrlText(String scheme, String host, int port) {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,2000}");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    // The HTTP client makes bücher.example of xn--bcher-kva.example, and Camel finds no host in that.
    private static final String NO_OTHER_ALPHABET = "(?!(?i:.*\\.)?(?i:xn--))";
    // The last label begins with a letter: of 2130706433, 0x7f000001 or 0177.1 some make an address.
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)" + NO_OTHER_ALPHABET + "(" + LABEL + "\\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int MAX_PORT = 65_535;

    /** Empty unless it is an absolute URL with a plain host, and without user and fragment. */
    static Optional<UrlText> read(String url) {
        try {
            URI uri = new URI(VISIBLE_ASCII.matcher(url).matches() ? url : "");
            boolean whole = uri.getScheme() != null && uri.getHost() != null;
            boolean more = uri.getRawUserInfo() != null || uri.getRawFragment() != null;
            if (whole && !more && uri.getPort() != 0 && uri.getPort() <= MAX_PORT) {
                return Optional.of(new UrlText(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost(), uri.getPort()))
                        .filter(text -> text.isName() || text.address().isPresent());
            }
        } catch (URISyntaxException | NumberFormatException e) { // the latter for [::99999999999.1]
            // none, then
        }
        return Optional.empty();
    }

    /** Who is connected to: scheme, host and port. */
    UrlText origin() {
        int standard = scheme.equals("https") ? 443 : 80;
        return new UrlText(scheme, host.toLowerCase(Locale.ROOT), port == -1 ? standard : port);
    }

    private boolean isName() {
        return NAME.matcher(host).matches();
    }

    /** The address that the host is itself. */
    Optional<byte[]> address() {
        return IpText.ofHost(host);
    }
}
