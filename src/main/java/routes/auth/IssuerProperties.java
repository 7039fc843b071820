package routes.auth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import routes.config.Settings;

/**
 * The properties of one external issuer, {@code oauth2.issuers.<name>.<key>}; a wrong one stops the start with its name.
 *
 * @param values all that are set, by their keys, with placeholders in them
 */
record IssuerProperties(Settings settings, String name, Map<String, String> values) {

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
            "token-type",
            "leeway-seconds",
            "algorithms",
            "key-cache");

    private static final String SCOPES = "scopes.";

    /** The properties of all issuers that are set up. */
    static List<IssuerProperties> all(Settings settings) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        Properties found = settings.context().getPropertiesComponent().loadProperties(key -> key.startsWith(PREFIX));
        for (String property : found.stringPropertyNames()) {
            String[] parts = property.substring(PREFIX.length()).split("\\.", 2);
            byName.computeIfAbsent(parts[0], name -> new TreeMap<>())
                    .put(parts.length == 1 ? "" : parts[1], found.getProperty(property));
        }
        return byName.entrySet().stream()
                .map(issuer -> new IssuerProperties(settings, issuer.getKey(), issuer.getValue()))
                .toList();
    }

    IssuerProperties {
        values.keySet().forEach(key -> {
            if (!KNOWN.contains(key) && !key.startsWith(SCOPES)) {
                throw new IllegalStateException(PREFIX + name + "." + key + " is no setting of an issuer");
            }
        });
    }

    IllegalStateException wrong(String key, String what) {
        return new IllegalStateException(PREFIX + name + "." + key + " " + what);
    }

    private boolean has(String key) {
        return !text(key, "").isEmpty();
    }

    /** Not by the whole name of the property: in a scope a colon may be, and what follows it would be a default. */
    String text(String key, String otherwise) {
        String text = settings.context().resolvePropertyPlaceholders(values.getOrDefault(key, ""));
        return text.isBlank() ? otherwise : text.strip();
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
        return values.keySet().stream()
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
