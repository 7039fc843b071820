package routes.delivery;

import java.time.Duration;

/**
 * Thrown by a delivery route whose destination has understood, and does not want this as it is: that changes only when somebody
 * changes something, so it is tried again on the slow part of the schedule.
 */
public class Rejected extends Failed {

    /**
     * @param reason stored and shown: our words only, nothing of the payload
     * @param least the pause before the next attempt, unless the schedule's is longer
     */
    public Rejected(String reason, Duration least) {
        super(reason, least);
    }
}
