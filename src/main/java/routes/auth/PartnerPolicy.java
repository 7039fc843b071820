package routes.auth;

import org.apache.camel.Exchange;
import routes.http.Request;

/** A {@link BearerPolicy} for paths with a partner in them: a token is good for the partner of its client only. */
public class PartnerPolicy extends BearerPolicy {

    private final int segment;
    private final String scopeForAll;

    /** @param segment of the path, has the partner; the first is 0; another than the client's: 403 */
    public PartnerPolicy(String scope, int segment, int missingStatus, int invalidStatus) {
        this(scope, segment, missingStatus, invalidStatus, null);
    }

    /** @param scopeForAll a token that allows this is good for all partners */
    public PartnerPolicy(String scope, int segment, int missingStatus, int invalidStatus, String scopeForAll) {
        super(scope, missingStatus, invalidStatus);
        this.segment = segment;
        this.scopeForAll = scopeForAll;
    }

    @Override
    protected void check(Exchange exchange, Caller caller) throws AccessDenied {
        if (scopeForAll != null && caller.scopes().contains(scopeForAll)) {
            return;
        }
        super.check(exchange, caller);
        String partner = PartnerId.normal(Request.of(exchange).segment(segment));
        boolean own = caller.partner() != null
                && PartnerId.normal(caller.partner().strip()).equals(partner);
        if (!own) {
            throw new AccessDenied(exchange, 403, "access_denied", "the token does not allow this partner");
        }
    }
}
