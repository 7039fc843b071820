package routes.delivery;

import java.time.Duration;
import java.util.Optional;

/** Thrown by a delivery route that can say why an attempt failed: it is tried again on the schedule, as after any exception. */
public class Failed extends RuntimeException {

    private final Duration least;

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Failed(String reason) {
        this(reason, null);
    }

    /**
     * @param reason stored and shown: our words only, nothing of the payload
     * @param least the pause before the next attempt, unless the schedule's is longer
     */
    public Failed(String reason, Duration least) {
        super(reason);
        this.least = least;
    }

    Optional<Duration> least() {
        return Optional.ofNullable(least);
    }
}
