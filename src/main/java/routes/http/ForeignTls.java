package routes.http;

import io.vertx.core.http.HttpServerOptions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainHelper;

/**
 * Camel's own settings of TLS on the HTTP server, wherever they are set. It ignores some of them, among them the one that demands
 * certificates of clients: so none of them may be set, instead of some being believed in.
 */
final class ForeignTls {

    private static final String OURS =
            " is not what secures the server here: set http.tls.certificate and the others of http.tls"
                    + " (docs/configuration.md)";
    private static final String[] PREFIXES = {"camel.ssl.", "camel.server.", "camel.management."};

    private final CamelContext context;

    /** @throws IllegalArgumentException naming a property that is set */
    ForeignTls(CamelContext context) {
        this.context = context;
        Stream.of(
                        context.getPropertiesComponent().loadProperties(ForeignTls::isForeign),
                        // Camel's main takes its settings from these too, and keeps them to itself
                        MainHelper.loadEnvironmentVariablesAsProperties(PREFIXES),
                        MainHelper.loadJvmSystemPropertiesAsProperties(PREFIXES))
                .flatMap(properties -> properties.stringPropertyNames().stream())
                .filter(ForeignTls::isForeign)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(name + OURS);
                });
    }

    private static boolean isForeign(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "");
        return plain.startsWith("camel.ssl.")
                || (plain.startsWith("camel.server.") || plain.startsWith("camel.management."))
                        && plain.contains("ssl");
    }

    /** @throws IllegalArgumentException when it has got here by another way than a property */
    void refuse(HttpServerOptions options) {
        if (options.isSsl() || context.getSSLContextParameters() != null) {
            throw new IllegalArgumentException("camel.ssl" + OURS);
        }
    }
}
