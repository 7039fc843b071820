package routes.delivery;

import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** Values of the parsed payload for which one JSONPath in a route is not enough. */
@BindToRegistry("paths")
public class Paths {

    /** The text or number at the first path, or, when there is none or it is blank, at the second one. */
    public String either(Exchange exchange, String one, String other) {
        Object event = exchange.getVariable("event");
        String value = Columns.string(event, one);
        return value == null || value.isBlank() ? Columns.string(event, other) : value;
    }

    /** The text at the path without any blanks, also within it. */
    public String withoutBlanks(Exchange exchange, String path) {
        String value = Columns.string(exchange.getVariable("event"), path);
        return value == null ? "" : value.replaceAll("\\s+", "");
    }
}
