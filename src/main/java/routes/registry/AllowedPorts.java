package routes.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which ports may be called. */
final class AllowedPorts {

    private static final String KEY = "callback.allowed-ports: ";
    private static final int HTTPS = 443;
    private static final int LAST = 65_535;

    private final Set<Integer> listed;

    /** @throws IllegalArgumentException when one is no port, or there is none */
    AllowedPorts(List<String> ports) {
        listed = ports.stream().map(AllowedPorts::port).collect(Collectors.toUnmodifiableSet());
        if (listed.isEmpty()) {
            throw new IllegalArgumentException(KEY + "no port");
        }
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException(KEY + "not a port: " + text);
        }
        return port;
    }

    /** @param port -1: the one of https */
    boolean allow(int port) {
        return listed.contains(port == -1 ? HTTPS : port);
    }
}
