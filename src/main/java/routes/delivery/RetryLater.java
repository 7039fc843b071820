package routes.delivery;

import java.time.Duration;

/** Thrown by a delivery route whose destination said when to come back; counts as an attempt. */
public class RetryLater extends RuntimeException {

    private final Duration after;

    /** @param after the pause before the next attempt, instead of the schedule's */
    public RetryLater(Duration after) {
        super("retry after " + after);
        this.after = after;
    }

    public Duration after() {
        return after;
    }
}
