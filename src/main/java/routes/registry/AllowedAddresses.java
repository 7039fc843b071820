package routes.registry;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.http.Cidr;

/** Which addresses may be connected to: public ones, and of the others only what was opened. */
final class AllowedAddresses {

    private static final String KEY = "callback.allowed-networks: ";

    private final List<Cidr> opened;
    private final boolean demo;

    /**
     * @param networks of the operator's choice
     * @param demo whether this machine may be called
     * @throws IllegalArgumentException when one is no network, or is not one that can be opened
     */
    AllowedAddresses(List<String> networks, boolean demo) {
        this.opened = networks.stream().map(AllowedAddresses::openable).toList();
        this.demo = demo;
    }

    private static Cidr openable(String text) {
        Cidr cidr = cidr(text);
        if (openables().noneMatch(network -> network.cidr().contains(cidr))) {
            throw new IllegalArgumentException(KEY + text + " is not within a network that can be opened: "
                    + openables().map(Network::text).collect(Collectors.joining(", ")));
        }
        return cidr;
    }

    private static Cidr cidr(String text) {
        try {
            return Cidr.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KEY + e.getMessage(), e);
        }
    }

    private static Stream<Network> openables() {
        return Arrays.stream(Network.values()).filter(network -> network.opens() == Network.Opens.BY_OPERATOR);
    }

    /** @param address its 4 or 16 bytes */
    boolean allow(byte[] address) {
        return Network.of(address)
                .map(network -> switch (network.opens()) {
                    case NEVER -> false;
                    case IN_DEMO -> demo;
                    case BY_OPERATOR -> opened.stream().anyMatch(cidr -> cidr.contains(address));
                })
                .orElse(true);
    }
}
