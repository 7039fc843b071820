package routes.delivery;

/** Thrown by a delivery route that can say why an attempt failed: it is tried again on the schedule, as after any exception. */
public class Failed extends RuntimeException {

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Failed(String reason) {
        super(reason);
    }
}
