package routes.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.http.Refused;
import routes.http.Request;

/** What the forms of the pages ask for, in the words of the API: so that the same beans answer both. */
@BindToRegistry("console-forms")
public class Forms {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FILTERS = Set.of(
            "sender",
            "type",
            "status",
            "subject",
            "tenant",
            "correlationId",
            "state",
            "delivery",
            "partner",
            "destination",
            "reason",
            "from",
            "to");
    private static final Set<String> TIMES = Set.of("from", "to");
    private static final Set<String> PAGING = Set.of("cursor", "limit");
    private static final Set<String> NUMBERS = Set.of("rate", "limit");
    private static final String DONE = "done";
    private static final String WITHOUT_ZONE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?";

    /**
     * What the address asks for: fields that are empty do not count, and times are UTC. The variable {@code asked} has what was asked, and {@code
     * done} what has just been done.
     *
     * @throws Refused 400 for a name that no page has
     */
    public void query(Exchange exchange) {
        Set<String> known = new TreeSet<>(FILTERS);
        known.addAll(PAGING);
        known.add(DONE);
        Map<String, String> asked = meant(Request.of(exchange).parameters(known));
        exchange.setVariable(DONE, asked.getOrDefault(DONE, ""));
        asked.remove(DONE);
        exchange.setVariable("asked", asked);
        Request.ask(exchange, asked);
    }

    /** On the first page of what went wrong: of all that was delivered it would be long in coming. */
    public boolean wantsSummary(Exchange exchange) {
        Map<String, String> asked = asked(exchange);
        return !asked.containsKey("cursor") && !"delivered".equals(asked.get("state"));
    }

    /** What was asked, but for the place in the list. */
    public void filter(Exchange exchange) {
        Map<String, String> asked = new TreeMap<>(asked(exchange));
        asked.keySet().removeAll(PAGING);
        Request.ask(exchange, asked);
    }

    /** After a summary by the filter: the list, at its place. */
    public void page(Exchange exchange) {
        Request.ask(exchange, asked(exchange));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> asked(Exchange exchange) {
        return exchange.getVariable("asked", Map.class);
    }

    private static Map<String, String> meant(Map<String, String> fields) {
        Map<String, String> meant = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (!value.isBlank()) {
                boolean time = TIMES.contains(name) && value.matches(WITHOUT_ZONE);
                meant.put(name, time ? value + "Z" : value.strip());
            }
        });
        return meant;
    }

    /** The reason that the form gives. */
    public void reason(Exchange exchange) {
        Map<String, String> fields = fields(exchange);
        Request.ask(exchange, fields.containsKey("reason") ? Map.of("reason", fields.get("reason")) : Map.of());
    }

    /** The destination that the form names. */
    public void destination(Exchange exchange) {
        body(exchange, JSON.valueToTree(fields(exchange)));
    }

    /** A replay of all that a filter finds; without {@code preview} it is one. The variable {@code asked} has the fields, for the next form. */
    public void replay(Exchange exchange) {
        Map<String, String> fields = meant(fields(exchange));
        exchange.setVariable("asked", fields);
        ObjectNode body = JSON.createObjectNode();
        ObjectNode filter = body.putObject("filter");
        fields.forEach((name, value) -> {
            if (name.equals("preview")) {
                body.put(name, !value.equals("false"));
            } else if (name.equals("cursor")) {
                body.put(name, value);
            } else if (NUMBERS.contains(name)) {
                body.put(name, number(name, value));
            } else {
                filter.put(name, value);
            }
        });
        exchange.setVariable("preview", body.path("preview").asBoolean(true));
        body(exchange, body);
    }

    private static int number(String name, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw Refused.badRequest(name + " must be a number");
        }
        return Integer.parseInt(text);
    }

    private static void body(Exchange exchange, ObjectNode body) {
        Request.ask(exchange, Map.of());
        exchange.getMessage().setBody(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Without what shows that a page of ours has asked. */
    private static Map<String, String> fields(Exchange exchange) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> field : Request.of(exchange).form().entrySet()) {
            if (field.getValue().size() > 1) {
                throw Refused.badRequest("a field came more than once");
            }
            fields.put(field.getKey(), field.getValue().get(0));
        }
        fields.remove("csrf");
        return fields;
    }

    /** The id in the path. */
    public String id(Exchange exchange) {
        return Request.of(exchange).segment(1);
    }

    /** Where to go after the login: a page of ours, or else the first one. */
    public String back(Exchange exchange) {
        Request request = Request.of(exchange);
        String to = request.isGet()
                ? request.parameters(Set.of("to")).get("to")
                : fields(exchange).get("to");
        boolean ours = to != null && to.matches("(?!.*\\.\\.)/console(/(?!assets|log)[!-~&&[^\"\\\\<>]]*)?");
        return ours ? to : "/console";
    }
}
