package routes.delivery;

/** Thrown by a delivery route whose destination wants nothing more for now: the delivery waits until it is resumed. */
public class Suspend extends Verdict {

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Suspend(String reason) {
        super(Result.State.SUSPENDED, reason);
    }
}
