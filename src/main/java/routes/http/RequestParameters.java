package routes.http;

import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** Query parameters for routes that hand them on as named parameters of a statement. */
@BindToRegistry("request-parameters")
public class RequestParameters {

    /**
     * The one parameter that there is.
     *
     * @throws Refused 400 when it is missing or came with others
     */
    public Map<String, String> one(Exchange exchange, String name) {
        Map<String, String> parameters = Request.of(exchange).parameters(Set.of(name));
        if (parameters.isEmpty()) {
            throw Refused.badRequest("the query parameter " + name + " is missing");
        }
        return parameters;
    }
}
