package routes.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a partner is sent: made of the event's columns, without its payload; the payload as it came; or the payload in a CloudEvent.
 */
public enum CallbackFormat {
    NOTIFICATION,
    ORIGINAL,
    CLOUDEVENTS;

    /** The format of that name; empty when there is none. */
    static Optional<CallbackFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
