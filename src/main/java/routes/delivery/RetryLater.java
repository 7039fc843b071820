package routes.delivery;

import java.time.Duration;

/** Thrown by a delivery route whose destination said when to come back; counts as an attempt. */
public class RetryLater extends Failed {

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Duration after;

    /** @param after the pause before the next attempt, instead of the schedule's; 0 to 24 hours, more is cut */
    public RetryLater(Duration after) {
        this("retry later", after);
    }

    /**
     * @param reason stored and shown: our words only, nothing of the payload
     * @param after as above
     */
    public RetryLater(String reason, Duration after) {
        super(reason);
        Duration least = after.isNegative() ? Duration.ZERO : after;
        this.after = least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    @Override
    Duration pause(Duration scheduled) {
        return after;
    }
}
