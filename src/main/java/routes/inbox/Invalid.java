package routes.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import routes.http.Refusal;

/** A notification that is authenticated but not usable as it is: kept as quarantined, whatever its sender is told. */
public class Invalid extends ValidationException implements Refusal {

    private final int status;
    private final String reason;

    /**
     * @param status what a sender is told that must know: 400, or 415
     * @param reason where and why, without values of the payload
     */
    Invalid(Exchange exchange, int status, String reason) {
        super(exchange, reason);
        this.status = status;
        this.reason = reason;
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
        return reason;
    }
}
