package routes.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of destinations: {@code jdbc/<table>}, {@code kafka/<topic>}, {@code callback/<notification type>}, or {@code parked}. */
public final class Destination {

    static final String PARKED = "parked";
    static final String TABLE = "jdbc";
    static final String KAFKA = "kafka";
    static final String CALLBACK = "callback";

    private static final Set<String> KINDS = Set.of(TABLE, KAFKA, CALLBACK);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}(/[A-Za-z0-9._-]{1,80}){0,2}");
    private static final Pattern ONE =
            Pattern.compile("(jdbc|kafka)/[A-Za-z0-9._-]{1,80}|callback/[A-Za-z0-9._-]{1,64}/\\d{1,9}");
    private static final Pattern FAN_OUT = Pattern.compile(CALLBACK + "/[A-Za-z0-9]{1,64}");

    private Destination() {}

    /** @throws IllegalArgumentException when it is none */
    static void check(String destination) {
        boolean known = PARKED.equals(destination) || KINDS.contains(kind(destination));
        if (!known || !NAME.matcher(destination).matches()) {
            throw new IllegalArgumentException("not a destination: " + destination
                    + " (write jdbc/<table>, kafka/<topic>, callback/<notification type> or parked)");
        }
    }

    /** Whether it is a single place, and not a kind of them, nor all that a partner has. */
    static boolean isOne(String destination) {
        return ONE.matcher(destination).matches();
    }

    /** Whether it names a notification type, and so the callbacks of many partners: the commit makes a delivery for each. */
    public static boolean fansOut(String destination) {
        return FAN_OUT.matcher(destination).matches();
    }

    /** Whether it is a table of ours. */
    static boolean isTable(String destination) {
        return TABLE.equals(kind(destination));
    }

    /** What comes before the first slash. */
    static String kind(String destination) {
        return destination.split("/", 2)[0];
    }

    /** What comes after the first slash: a table, a topic, a partner and a notification type; or nothing. */
    public static String name(String destination) {
        return destination.substring(
                Math.min(destination.length(), kind(destination).length() + 1));
    }

    /** The partner that it goes to; empty when it goes to none. */
    public static Optional<String> partner(String destination) {
        String lane = lane(destination);
        return lane.equals(destination) || !CALLBACK.equals(kind(lane)) ? Optional.empty() : Optional.of(name(lane));
    }

    /** What shares a limit with it: all that goes to one partner, or else the destination alone. */
    static String lane(String destination) {
        boolean partners =
                CALLBACK.equals(kind(destination)) && destination.indexOf('/') < destination.lastIndexOf('/');
        return partners ? destination.substring(0, destination.lastIndexOf('/')) : destination;
    }
}
