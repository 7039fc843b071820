package routes.auth;

import org.apache.camel.Exchange;
import routes.http.Request;

/** A {@link BearerPolicy} for senders that name the tenant in a header: a token is good for the tenants of its client only. */
public class TenantPolicy extends BearerPolicy {

    private final String header;

    /** @param header names the tenant; missing, repeated, empty, or not one of the client's: 403 */
    public TenantPolicy(String scope, String header, int missingStatus, int invalidStatus) {
        super(scope, missingStatus, invalidStatus);
        this.header = header;
    }

    @Override
    protected void check(Exchange exchange, Caller caller) throws AccessDenied {
        super.check(exchange, caller);
        var tenants = Request.of(exchange).headers(header);
        boolean one = tenants.size() == 1 && !tenants.get(0).isBlank();
        if (!one || !caller.speaksFor(tenants.get(0).strip())) {
            throw new AccessDenied(exchange, 403, "access_denied", "the token does not allow this tenant");
        }
    }
}
