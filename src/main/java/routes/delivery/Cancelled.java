package routes.delivery;

/** Thrown by a delivery route whose destination is not to get this any more: nothing was sent, and nothing will be. */
public class Cancelled extends Verdict {

    /** @param reason stored and shown: our words only, nothing of the payload */
    public Cancelled(String reason) {
        super(Result.State.CANCELLED, reason);
    }
}
