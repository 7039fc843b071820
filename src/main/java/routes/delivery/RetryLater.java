package routes.delivery;

import java.time.Duration;

/** Thrown by a delivery route that chooses the pause before the next attempt itself, instead of the schedule; counts as an attempt. */
public class RetryLater extends Failed {

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Duration after;

    /** @param after 0 to 24 hours, more is cut */
    public RetryLater(Duration after) {
        super("retry later");
        Duration least = after.isNegative() ? Duration.ZERO : after;
        this.after = least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    public Duration after() {
        return after;
    }
}
