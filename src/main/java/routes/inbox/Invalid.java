package routes.inbox;

import routes.http.Refusal;

/** A notification that is authenticated but not usable as it is: kept as quarantined, whatever its sender is told. */
public class Invalid extends RuntimeException implements Refusal {

    private final int status;

    /**
     * @param status what a sender is told that must know: 400, or 415
     * @param reason where and why, without values of the payload
     */
    public Invalid(int status, String reason) {
        super(reason);
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String error() {
        return "invalid_request";
    }

    @Override
    public String description() {
        return getMessage();
    }
}
