package routes.registry;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a partner is sent: made of the event's columns, without its payload; the payload as it came; or the payload in a CloudEvent.
 */
public enum CallbackFormat {
    NOTIFICATION,
    ORIGINAL,
    CLOUDEVENTS;

    /**
     * @param names comma-separated
     * @throws IllegalArgumentException naming the property, when one of them is none
     */
    static Set<CallbackFormat> parse(String property, String names) {
        Set<CallbackFormat> formats = EnumSet.noneOf(CallbackFormat.class);
        for (String name : names.split(",")) {
            formats.add(Arrays.stream(values())
                    .filter(format -> format.toString().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            property + " must be some of notification, original, cloudevents")));
        }
        return formats;
    }

    static CallbackFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
