package routes.inbox;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import routes.config.ContextService;

/**
 * The schemas there are: {@code <webhook.schemas>/<sender>/<event type>.schema.json}, and before these the ones that are dropped in
 * beside the bundle; listed at the start. A type from a payload is looked up among them and never made into a name of a file or an endpoint.
 */
@BindToRegistry("schemas")
public class Schemas extends ContextService {

    private static final String SUFFIX = ".schema.json";
    private static final String ENVELOPE = "envelope";

    private volatile Map<String, String> locations = Map.of();

    @Override
    protected void doStart() throws Exception {
        list();
    }

    /** Looks again, for what has come since the start. */
    void list() throws Exception {
        Map<String, String> known = listed(settings().text("webhook.schemas"));
        if (known.isEmpty()) {
            throw new IllegalStateException("no schemas in webhook.schemas");
        }
        known.putAll(listed("file:" + Path.of(settings().text("webhook.drop-ins"), "schemas")));
        locations = Map.copyOf(known);
    }

    /** The places of the schemas below this one, by {@code <sender>/<event type>}. */
    private static Map<String, String> listed(String root) throws Exception {
        Map<String, String> known = new HashMap<>();
        for (String file : files(root)) {
            String[] path = file.replace('\\', '/').split("/");
            if (file.endsWith(SUFFIX) && path.length >= 2) {
                String type = path[path.length - 1];
                String name = path[path.length - 2] + "/" + type.substring(0, type.length() - SUFFIX.length());
                known.put(name, usable(root + "/" + name + SUFFIX));
            }
        }
        return known;
    }

    /** Camel 4.17.0 makes a URI of it as it is, with the first event. */
    private static String usable(String location) {
        try {
            return URI.create(location).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("a schema cannot have blanks and the like in its path: " + location, e);
        }
    }

    /** Camel's own resource scan loses the folders of what it finds in a jar. */
    private static List<String> files(String root) throws Exception {
        if (root.startsWith("file:")) {
            return walk(Path.of(root.substring("file:".length())));
        }
        String folder = root.substring("classpath:".length());
        URL url = ObjectHelper.loadResourceAsURL(folder);
        if (url == null) {
            return List.of();
        }
        if (url.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(folder + "/"))
                    .toList();
        }
        return walk(Path.of(URI.create(url.toString())));
    }

    private static List<String> walk(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).toList();
        }
    }

    /**
     * Sets the variable {@code schema} to the place of the schema of this sender and type, or of the sender's envelope; or to
     * null.
     *
     * @throws Invalid 400 where there is no schema that could say that it is no JSON object
     */
    public void find(Exchange exchange) throws Invalid {
        String sender = exchange.getVariable("sender", String.class);
        String type = exchange.getVariable("type", String.class);
        String schema = locations.get(sender + "/" + type);
        exchange.setVariable("schema", schema == null ? locations.get(sender + "/" + ENVELOPE) : schema);
        if (exchange.getVariable("schema") == null && exchange.getVariable("unreadable", false, Boolean.class)) {
            throw new Invalid(exchange, 400, "not a JSON object");
        }
    }

    /** The sender and type of the schema that {@link #find} has found, or null. */
    String found(Exchange exchange) {
        String schema = exchange.getVariable("schema", String.class);
        if (schema == null) {
            return null;
        }
        int type = schema.lastIndexOf('/');
        int sender = schema.lastIndexOf('/', type - 1);
        return schema.substring(sender + 1, schema.length() - SUFFIX.length());
    }
}
