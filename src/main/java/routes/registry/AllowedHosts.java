package routes.registry;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts may be called by their names: all, unless the operator has listed some. */
final class AllowedHosts {

    private static final Pattern FORM = Pattern.compile("\\*|(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:]+]");

    private final List<String> listed;

    /**
     * @param hosts exact names, {@code *.suffix} for all names below a suffix, {@code *} for all
     * @throws IllegalArgumentException when one is none of these
     */
    AllowedHosts(List<String> hosts) {
        listed = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        listed.forEach(AllowedHosts::check);
    }

    private static void check(String host) {
        if (!FORM.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "callback.allowed-hosts: not a host: " + host + " (write partner.example, *.partner.example or *)");
        }
    }

    boolean areListed() {
        return !listed.isEmpty();
    }

    boolean allow(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return listed.isEmpty()
                || listed.stream()
                        .anyMatch(allowed ->
                                allowed.startsWith("*") ? name.endsWith(allowed.substring(1)) : name.equals(allowed));
    }
}
