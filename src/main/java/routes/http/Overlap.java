package routes.http;

import java.util.Set;
import org.apache.camel.Exchange;

/** For how long what is replaced stays good, as a request says it: {@code {"overlapSeconds": 3600}}. */
public final class Overlap {

    /** A week, in seconds. */
    public static final int LONGEST = 7 * 24 * 3600;

    private static final String FIELD = "overlapSeconds";

    private Overlap() {}

    /**
     * The seconds that the request says.
     *
     * @param usual for a request that does not say it, with or without a body
     * @throws Refused 400 when it is no whole number from 0 to the longest
     */
    public static int seconds(Exchange exchange, int usual) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body == null || body.length == 0) {
            Request.of(exchange).parameters(Set.of());
            return usual;
        }
        return JsonFields.of(exchange, Set.of(FIELD))
                .any(FIELD)
                .map(node -> {
                    if (!node.isInt() || node.intValue() < 0 || node.intValue() > LONGEST) {
                        throw Refused.badRequest(FIELD + " must be a whole number from 0 to " + LONGEST);
                    }
                    return node.intValue();
                })
                .orElse(usual);
    }
}
