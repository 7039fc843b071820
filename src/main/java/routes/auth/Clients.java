package routes.auth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.Refused;

/**
 * The clients of the properties {@code oauth2.client.<id>.secret}, {@code .scopes}, {@code .tenants} and {@code .partner}.
 * A secret is a PBKDF2 hash; with the demo settings it may be plain.
 */
@BindToRegistry("clients")
public class Clients extends ContextService {

    private static final String PREFIX = "oauth2.client.";
    private static final String SECRET = ".secret";
    private static final int MAX_TENANTS_LENGTH = 4_000;

    /** A hash keeps a core busy for a good part of a second: at most so many at once, the rest waits a little. */
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    /** Whoever waits holds a thread that webhooks want: so only a few may. */
    private final Semaphore waiting = new Semaphore(16);

    private Map<String, Client> clients = Map.of();
    private Pbkdf2 nobody;

    private boolean demo;

    @Override
    protected void doStart() {
        Settings settings = settings();
        demo = settings.flag("demo.enabled");
        Properties properties =
                getCamelContext().getPropertiesComponent().loadProperties(key -> key.startsWith(PREFIX));
        Map<String, Client> found = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.endsWith(SECRET) && key.length() > PREFIX.length() + SECRET.length()) {
                String id = key.substring(PREFIX.length(), key.length() - SECRET.length());
                found.put(id, client(id));
            }
        }
        clients = Map.copyOf(found);
        int iterations = clients.values().stream()
                .mapToInt(client -> client.secret().iterations())
                .max()
                .orElse(Pbkdf2.ITERATIONS);
        nobody = Pbkdf2.of("nobody", iterations);
    }

    /**
     * The client with that id and secret. An unknown id takes as long as a wrong secret.
     *
     * @throws Refused 503 when too many are asking at once
     */
    Optional<Client> authenticate(String id, String secret) {
        Client client = clients.get(id);
        Pbkdf2 expected = client == null ? nobody : client.secret();
        boolean matches = hashed(() -> expected.matches(secret));
        return matches && client != null ? Optional.of(client) : Optional.empty();
    }

    private boolean hashed(BooleanSupplier work) {
        if (!waiting.tryAcquire()) {
            throw Refused.unavailable("too many token requests at once", 1);
        }
        try {
            hashing.acquire();
            try {
                return work.getAsBoolean();
            } finally {
                hashing.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", 1);
        } finally {
            waiting.release();
        }
    }

    private Client client(String id) {
        String secret = property(id, SECRET).orElse("");
        if (secret.isBlank()) {
            throw new IllegalStateException(PREFIX + id + SECRET + " is empty");
        }
        Set<String> tenants = words(id, ".tenants", "\\s*,\\s*");
        if (String.join(",", tenants).length() > MAX_TENANTS_LENGTH) {
            throw new IllegalStateException(
                    PREFIX + id + ".tenants does not fit into a token: make several clients, or use *");
        }
        return new Client(
                id,
                secret(id, secret.strip()),
                words(id, ".scopes", "[\\s,]+"),
                tenants,
                property(id, ".partner").orElse(null));
    }

    private Pbkdf2 secret(String id, String secret) {
        if (Pbkdf2.isHash(secret)) {
            try {
                return Pbkdf2.parse(secret);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(PREFIX + id + SECRET + " is no usable hash", e);
            }
        }
        if (!demo) {
            throw new IllegalStateException(PREFIX + id + SECRET
                    + " must be a PBKDF2 hash (docs/clients.md); plain secrets are for the demo settings only");
        }
        return Pbkdf2.of(secret, Pbkdf2.ITERATIONS);
    }

    private Set<String> words(String id, String name, String separator) {
        return property(id, name).stream()
                .flatMap(text -> Arrays.stream(text.strip().split(separator)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> property(String id, String name) {
        return getCamelContext().getPropertiesComponent().resolveProperty(PREFIX + id + name);
    }
}
