package routes.registry;

import java.util.Comparator;

/**
 * Whose events a partner may see.
 *
 * @param sender of the events
 * @param tenant of the events; {@code *}: all
 */
record Grant(String sender, String tenant) implements Comparable<Grant> {

    /** The sender of echoes. Every partner sees its own, and nobody else's. */
    static final String PARTNER_API = "partner-api";

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::sender).thenComparing(Grant::tenant);

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return sender + "/" + tenant;
    }
}
