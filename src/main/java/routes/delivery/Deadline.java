package routes.delivery;

import java.time.Duration;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/**
 * Keeps an attempt shorter than its lease: whatever takes several steps asks here before each. An attempt that went on for
 * longer could be made a second time meanwhile.
 */
@BindToRegistry("deadline")
public class Deadline {

    private static final String VARIABLE = "deadline";

    /** The attempt on this exchange may take so long from now. */
    static void set(Exchange exchange, Duration time) {
        exchange.setVariable(VARIABLE, System.nanoTime() + time.toNanos());
    }

    /** When the attempt on this exchange must have ended, on the clock of {@link System#nanoTime}; null: no matter when. */
    static Long of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, Long.class);
    }

    /** @throws IllegalStateException when the attempt has taken too long already; it then counts as failed */
    public void check(Exchange exchange) {
        Long deadline = of(exchange);
        if (deadline != null && deadline - System.nanoTime() < 0) {
            throw new IllegalStateException("the attempt takes too long");
        }
    }
}
