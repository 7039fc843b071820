package routes.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The statements of the inbox, one a file in {@code webhook.sql}, read once; parameters are named, never pasted in. */
final class Sql {

    private final CamelContext context;
    private final String location;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Sql(CamelContext context, String location) {
        this.context = context;
        this.location = location;
    }

    /** The text of {@code <name>.sql}. */
    String get(String name) {
        return statements.computeIfAbsent(name, this::read);
    }

    private String read(String name) {
        try (InputStream in =
                ResourceHelper.resolveMandatoryResourceAsInputStream(context, location + "/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
