package routes.auth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import routes.config.Settings;

/**
 * The properties of one external issuer, {@code oauth2.issuers.<name>.<key>}; a wrong one stops the start with its name.
 *
 * @param keys all keys that are set
 */
record IssuerProperties(Settings settings, String name, Set<String> keys) {

    static final String PREFIX = "oauth2.issuers.";

    private static final Set<String> KNOWN = Set.of(
            "issuer",
            "jwks-url",
            "audience",
            "scope-claim",
            "scopes-as-they-are",
            "tenants-claim",
            "tenants",
            "partner-claim",
            "partner",
            "client-claim",
            "leeway-seconds",
            "algorithms",
            "key-cache");

    private static final String SCOPES = "scopes.";

    /** The properties of all issuers that are set up. */
    static List<IssuerProperties> all(Settings settings) {
        Map<String, Set<String>> byName = new TreeMap<>();
        settings.context()
                .getPropertiesComponent()
                .loadProperties(key -> key.startsWith(PREFIX))
                .stringPropertyNames()
                .forEach(property -> {
                    String[] parts = property.substring(PREFIX.length()).split("\\.", 2);
                    byName.computeIfAbsent(parts[0], name -> new TreeSet<>()).add(parts.length == 1 ? "" : parts[1]);
                });
        return byName.entrySet().stream()
                .map(issuer -> new IssuerProperties(settings, issuer.getKey(), issuer.getValue()))
                .toList();
    }

    IssuerProperties {
        keys.forEach(key -> {
            if (!KNOWN.contains(key) && !key.startsWith(SCOPES)) {
                throw new IllegalStateException(PREFIX + name + "." + key + " is no setting of an issuer");
            }
        });
    }

    IllegalStateException wrong(String key, String what) {
        return new IllegalStateException(PREFIX + name + "." + key + " " + what);
    }

    private boolean has(String key) {
        return keys.contains(key) && !settings.text(PREFIX + name + "." + key).isEmpty();
    }

    String text(String key, String otherwise) {
        return has(key) ? settings.text(PREFIX + name + "." + key) : otherwise;
    }

    String needed(String key) {
        if (!has(key)) {
            throw wrong(key, "is not set");
        }
        return text(key, "");
    }

    List<String> list(String key, String otherwise) {
        return Settings.listed(text(key, otherwise));
    }

    int positive(String key, int otherwise) {
        return has(key) ? settings.positive(PREFIX + name + "." + key) : otherwise;
    }

    Duration duration(String key, Duration otherwise) {
        return has(key) ? settings.duration(PREFIX + name + "." + key) : otherwise;
    }

    boolean flag(String key) {
        return has(key) && settings.flag(PREFIX + name + "." + key);
    }

    /** What their scopes are of ours. */
    Map<String, Set<String>> scopes() {
        return keys.stream()
                .filter(key -> key.startsWith(SCOPES))
                .collect(Collectors.toMap(key -> key.substring(SCOPES.length()), this::ours));
    }

    private Set<String> ours(String key) {
        Set<String> ours = Set.copyOf(List.of(text(key, "").split("[\\s,]+")));
        if (!Scopes.ALL.containsAll(ours)) {
            throw wrong(key, "must be scopes of ours: " + String.join(", ", new TreeSet<>(Scopes.ALL)));
        }
        return ours;
    }
}
