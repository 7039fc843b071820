package routes.console;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;
import routes.config.ContextService;
import routes.http.Refused;
import routes.http.Request;

/** What pages are styled and enhanced with: these files and no others, from the class path, in memory. */
@BindToRegistry("console-assets")
public class Assets extends ContextService {

    private static final String WEBJARS = "classpath:META-INF/resources/webjars/";
    private static final int HASH = 8;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> links = new TreeMap<>();

    @Override
    protected void doStart() throws Exception {
        if (settings().flag("console.enabled")) {
            read("pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.min.css");
            read("htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js");
            read("console.css", settings().text("webhook.console") + "/console.css");
            read("icon.svg", settings().text("webhook.console") + "/icon.svg");
        }
    }

    private void read(String name, String where) throws Exception {
        try (InputStream file = ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), where)) {
            byte[] bytes = file.readAllBytes();
            files.put(name, bytes);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, HASH);
            links.put(name, "/console/assets/" + name + "?" + hash);
        }
    }

    /** Where each is, by its name: another content is at another address. */
    public Map<String, String> links() {
        return links;
    }

    /** @throws Refused 404 when it is none of these */
    public void serve(Exchange exchange) {
        String name = Request.of(exchange).segment(1);
        byte[] content = files.get(name);
        if (content == null) {
            throw new Refused(404, "not_found", "there is no such file");
        }
        exchange.getMessage().setBody(ByteBuffer.wrap(content));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, type(name));
        // The address of another content, which an instance of another version has linked: this one must not be kept
        // under it.
        if (links.get(name).equals(Request.of(exchange).target())) {
            exchange.getMessage().setHeader("Cache-Control", "public, max-age=31536000, immutable");
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
