package routes.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.telemetry.Metrics;

/** JSON for every error that no route gets to see, in the form that whoever calls the path knows. */
final class EdgeAnswers {

    private static final Logger REFUSED = LoggerFactory.getLogger("routes.refused");

    /** Instead of a route's id, in what is counted. */
    private static final String NO_ROUTE = "edge";

    private final Collection<ErrorForm> forms;
    private final Metrics metrics;

    /** @param forms other forms than ours */
    EdgeAnswers(Collection<ErrorForm> forms, Metrics metrics) {
        this.forms = forms;
        this.metrics = metrics;
    }

    /** No route has this path, or none with this method. */
    void unknown(Router router, RoutingContext request) {
        Set<String> methods = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.methods() != null
                    && route.getPath() != null
                    && matches(route.getPath(), request.normalizedPath())) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        if (methods.isEmpty()) {
            answer(request, 404, "not_found", "there is nothing at this path");
        } else {
            request.response().putHeader("Allow", String.join(", ", methods));
            answer(request, 405, "method_not_allowed", "this path takes " + String.join(", ", methods) + " only");
        }
    }

    /** Whether a path such as {@code /events/:id} is the path. */
    private static boolean matches(String pattern, String path) {
        String[] expected = pattern.split("/", -1);
        String[] segments = path.split("/", -1);
        if (expected.length != segments.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!expected[i].startsWith(":") && !expected[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    /** What the server itself gives up on: a body that is too long, a form that cannot be read, a route that broke. */
    void failed(RoutingContext request) {
        int status = request.statusCode();
        if (status == 413) {
            answer(request, 413, "invalid_request", "the body is too large");
        } else if (status < 500) { // 200 when it broke off while its body was being read
            answer(request, Math.max(status, 400), "invalid_request", "the request cannot be read");
        } else {
            answer(request, 500, "server_error", "the request failed here, not on your side");
        }
    }

    void answer(RoutingContext request, int status, String error, String description) {
        if (request.response().headWritten()) {
            request.response().close();
        } else {
            write(request.request(), status, error, description);
        }
    }

    private void write(HttpServerRequest request, int status, String error, String description) {
        metrics.refused(NO_ROUTE, status, error);
        Optional<ErrorForm> form =
                forms.stream().filter(other -> other.covers(request.path())).findFirst();
        int told = form.map(other -> other.status(status)).orElse(status);
        if (told != status) {
            REFUSED.info("refused status={} reason={}: {}", status, error, description); // only we are told
            request.response().headers().remove("Allow");
        }
        request.response()
                .setStatusCode(told)
                .putHeader("Content-Type", form.map(ErrorForm::contentType).orElse("application/json"))
                .putHeader("Connection", "close") // the rest of the body is not read
                .end(form.map(other -> other.text(status))
                        .orElseGet(() -> Answers.json(Answers.body(error, description))));
    }

    /** Not even HTTP, or more of it than allowed. */
    void unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof Refused refused) {
            write(request, refused.status(), refused.error(), refused.description());
        } else if (cause instanceof TooLongHttpLineException) {
            write(request, 414, "invalid_request", "the request line is too long");
        } else if (cause instanceof TooLongHttpHeaderException) {
            write(request, 431, "invalid_request", "the headers are too large");
        } else {
            write(request, 400, "invalid_request", "this is not HTTP");
        }
        request.response().close();
    }
}
