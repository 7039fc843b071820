package routes.auth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import routes.config.Settings;

/**
 * Reads the clients of the properties {@code oauth2.client.<id>.secret}, {@code .scopes}, {@code .tenants} and {@code .partner}. A
 * secret is a PBKDF2 hash, or several; with the demo settings it may be plain.
 */
record ConfiguredClients(CamelContext context, boolean demo) {

    private static final String PREFIX = "oauth2.client.";
    private static final String SECRET = ".secret";

    /** By their ids. */
    Map<String, Client> read() {
        Map<String, Client> found = new HashMap<>();
        context.getPropertiesComponent()
                .loadProperties(key -> key.startsWith(PREFIX))
                .stringPropertyNames()
                .forEach(key -> {
                    if (key.endsWith(SECRET) && key.length() > PREFIX.length() + SECRET.length()) {
                        String id = key.substring(PREFIX.length(), key.length() - SECRET.length());
                        found.put(id, client(id));
                    }
                });
        return Map.copyOf(found);
    }

    private Client client(String id) {
        String secret = property(id, SECRET).orElse("");
        if (secret.isBlank()) {
            throw new IllegalStateException(PREFIX + id + SECRET + " is empty");
        }
        Set<String> tenants = words(id, ".tenants", "\\s*,\\s*");
        if (!Client.canHave(tenants)) {
            throw new IllegalStateException(
                    PREFIX + id + ".tenants does not fit into a token: make several clients, or use *");
        }
        return new Client(
                id,
                secrets(id, secret.strip()),
                words(id, ".scopes", "[\\s,]+"),
                tenants,
                property(id, ".partner").orElse(null),
                null);
    }

    private ClientSecrets secrets(String id, String secret) {
        if (Pbkdf2.isHash(secret)) {
            try {
                return ClientSecrets.of(Settings.listed(secret));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(PREFIX + id + SECRET + " is no usable hash", e);
            }
        }
        if (!demo) {
            throw new IllegalStateException(PREFIX + id + SECRET
                    + " must be a PBKDF2 hash (docs/clients.md); plain secrets are for the demo settings only");
        }
        return new ClientSecrets(List.of(Pbkdf2.of(secret, Pbkdf2.ITERATIONS)));
    }

    private Set<String> words(String id, String name, String separator) {
        return property(id, name).stream()
                .flatMap(text -> Arrays.stream(text.strip().split(separator)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> property(String id, String name) {
        return context.getPropertiesComponent().resolveProperty(PREFIX + id + name);
    }
}
