package routes.auth;

import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Who called, as its verified token says.
 *
 * @param client the client id
 * @param scopes what it may do
 * @param tenants whose notifications it may post; {@code *}: anybody's
 * @param partner the partner it acts for, or null
 * @param since of a client that was made by API: since when it is as the token says, see {@link Client}; otherwise null
 */
public record Caller(String client, Set<String> scopes, Set<String> tenants, String partner, Long since) {

    private static final String PROPERTY = "caller";

    /** The caller that the policy of this route has verified. */
    public static Caller of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Caller.class);
    }

    void bindTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    boolean speaksFor(String tenant) {
        return tenants.contains("*") || tenants.contains(tenant);
    }
}
