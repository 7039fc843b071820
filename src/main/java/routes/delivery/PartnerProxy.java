package routes.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import routes.config.Settings;

/** The way to partners: straight, or through the operator's proxy; never through one that the JVM or Camel was told of. */
record PartnerProxy(HttpHost host) {

    private static final String KEY = "callback.proxy";
    private static final Pattern FORM = Pattern.compile("http://([A-Za-z0-9.-]+):(\\d{1,5})/?");
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException naming the property, when it is set to anything but a proxy */
    static PartnerProxy of(Settings settings) {
        String text = settings.text(KEY);
        if (text.isEmpty()) {
            return new PartnerProxy(null);
        }
        Matcher form = FORM.matcher(text);
        int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(KEY + " must be http://host:port");
        }
        return new PartnerProxy(new HttpHost("http", form.group(1), port));
    }

    boolean isSet() {
        return host != null;
    }

    HttpRoutePlanner routes() {
        return isSet() ? new DefaultProxyRoutePlanner(host) : new DefaultRoutePlanner(null);
    }
}
