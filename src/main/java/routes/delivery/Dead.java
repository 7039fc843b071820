package routes.delivery;

/** Thrown by a delivery route that knows that no retry will help: the delivery is dead at once, kept, and replayable. */
public class Dead extends Verdict {

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Dead(String reason) {
        super(Result.State.DEAD, reason);
    }
}
