package routes.delivery;

import java.time.Duration;

/** Thrown by a delivery route that can say why an attempt failed: it is tried again on the schedule, as after any exception. */
public class Failed extends RuntimeException {

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Failed(String reason) {
        super(reason);
    }

    /** The pause before the next attempt, where the schedule has this one. */
    Duration pause(Duration scheduled) {
        return scheduled;
    }
}
