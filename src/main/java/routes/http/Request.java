package routes.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * The request as it came: headers, query parameters and form fields, of which routes see next to nothing ({@link HeaderAllowList}).
 */
public final class Request {

    private static final String ASKED = "requestParameters";
    private static final String PAGES = "/console";

    private final HttpServerRequest request;
    private final Map<?, ?> asked;

    /** @param asked instead of the query parameters, or null */
    private Request(HttpServerRequest request, Map<?, ?> asked) {
        this.request = request;
        this.asked = asked;
    }

    /** The request of an exchange that came over HTTP and still has its message. */
    public static Request of(Exchange exchange) {
        if (exchange.getMessage() instanceof HttpMessage http) {
            return new Request(http.getRequest(), exchange.getProperty(ASKED, Map.class));
        }
        throw new IllegalStateException("not an HTTP exchange");
    }

    /** What is to be taken for the query parameters from now on: a form of a page says them in other words than the API. */
    public static void ask(Exchange exchange, Map<String, String> parameters) {
        exchange.setProperty(ASKED, parameters);
    }

    /** Whether it only asks. */
    public boolean isGet() {
        return request.method().equals(HttpMethod.GET);
    }

    /** Path and query, as they came. */
    public String target() {
        return request.uri();
    }

    boolean isTls() {
        return request.isSSL();
    }

    /** The value of the cookie; empty also when it came more than once, as somebody may have added one. */
    public Optional<String> cookie(String name) {
        List<String> values = headers("Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + "="))
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0).substring(name.length() + 1)) : Optional.empty();
    }

    /** Every value of the header, as it came. */
    public List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    /**
     * The one value of the header.
     *
     * @throws Refused 400 when it came more than once
     */
    public Optional<String> header(String name) {
        List<String> values = headers(name);
        if (values.size() > 1) {
            throw Refused.badRequest("the header " + name + " must come once");
        }
        return values.stream().findFirst();
    }

    /** The fields of a form, which the server has taken apart already; none when it was no form. */
    public Map<String, List<String>> form() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String name : request.formAttributes().names()) {
            fields.put(name, request.formAttributes().getAll(name));
        }
        return fields;
    }

    /** The address of whoever has connected, which may be a proxy. */
    String peer() {
        return request.remoteAddress().hostAddress();
    }

    public boolean hasQuery() {
        return request.query() != null;
    }

    /** A segment of the path; the first is 0. Pages have, below one of their own, the paths of the API. */
    public String segment(int index) {
        String path = request.path();
        String ours = path.startsWith(PAGES + "/") ? path.substring(PAGES.length()) : path;
        return ours.substring(1).split("/", -1)[index];
    }

    /**
     * The query parameters.
     *
     * @throws Refused 400 for a name that is not known, or that came more than once
     */
    public Map<String, String> parameters(Set<String> known) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Refused.badRequest(
                        "unknown query parameter" + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw Refused.badRequest("the query parameter " + name + " must come once");
            }
            if (values.get(0).indexOf('\0') >= 0) {
                throw Refused.badRequest("the query parameter " + name + " has a NUL in it");
            }
            parameters.put(name, values.get(0));
        });
        return parameters;
    }

    private Map<String, List<String>> query() {
        if (asked == null) {
            return new QueryStringDecoder(request.uri()).parameters();
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        asked.forEach((name, value) -> query.put(name.toString(), List.of(value.toString())));
        return query;
    }
}
