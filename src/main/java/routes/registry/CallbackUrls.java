package routes.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;

/** Which URLs a partner may register. Nothing is resolved here: only what the text itself says is checked. */
@BindToRegistry("callback-urls")
public class CallbackUrls extends ContextService {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,2000}");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final int MAX_PORT = 65_535;

    private boolean demo;

    public CallbackUrls() {
        this(false);
    }

    /** @param demo whether http to this machine is allowed too */
    CallbackUrls(boolean demo) {
        this.demo = demo;
    }

    @Override
    protected void doStart() {
        demo = settings().flag("demo.enabled");
    }

    /** @throws RegistryRefused 400, when it may not be registered */
    void check(String url) {
        URI uri = parse(url);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        boolean trying = demo && "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
        if (!secure && !trying) {
            throw RegistryError.URL_SCHEME.refusal();
        }
    }

    private static URI parse(String url) {
        try {
            if (VISIBLE_ASCII.matcher(url).matches()) {
                URI uri = new URI(url);
                boolean whole = uri.getScheme() != null && uri.getHost() != null;
                boolean more = uri.getRawUserInfo() != null || uri.getRawFragment() != null;
                if (whole && !more && uri.getPort() != 0 && uri.getPort() <= MAX_PORT) {
                    return uri;
                }
            }
        } catch (URISyntaxException e) {
            // said below, without quoting it
        }
        throw RegistryError.URL_FORM.refusal();
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || LOOPBACK.matcher(host).matches()) {
            return true;
        }
        try {
            // in brackets it is an address, and so nothing is looked up
            return host.startsWith("[") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
