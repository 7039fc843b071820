package routes.inbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The senders there are, by the routes that were made from the templates {@code webhook} and {@code event}. */
record Senders(CamelContext context) {

    private static final String EVENT = "-event";
    private static final String SENDER = "sender";

    /** The name of each with its route of the template {@code event}, switched on or not. */
    Map<String, String> known() {
        Map<String, String> known = new TreeMap<>();
        for (RouteDefinition route : model().getRouteDefinitions()) {
            if (parameter(route, "identity").isPresent() && route.getRouteId().endsWith(EVENT)) {
                parameter(route, SENDER).ifPresent(sender -> known.put(sender, sender + EVENT));
            }
        }
        return known;
    }

    /** The correlation id that its webhook would take out of the headers on the exchange, or null. */
    String correlationId(String sender, Exchange exchange) {
        return model().getRouteDefinitions().stream()
                .filter(route -> parameter(route, SENDER).filter(sender::equals).isPresent())
                .filter(route -> parameter(route, "auth").isPresent())
                .flatMap(route -> parameter(route, "correlationId").stream())
                .findFirst()
                .map(text -> context.resolveLanguage("simple").createExpression(text))
                .map(expression -> expression.evaluate(exchange, String.class))
                .orElse(null);
    }

    /** What a template was given for a route, its defaults included. */
    private static Optional<String> parameter(RouteDefinition route, String name) {
        Map<String, Object> parameters = route.getTemplateParameters();
        return parameters == null ? Optional.empty() : Optional.ofNullable((String) parameters.get(name));
    }

    private Model model() {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
