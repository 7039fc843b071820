package routes.console;

import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import routes.auth.NoSession;
import routes.config.Settings;
import routes.http.Answers;
import routes.http.ErrorForm;
import routes.http.Refusal;
import routes.http.Request;

/** Errors as pages, in plain words; who is not logged in is sent to where one does that. */
@BindToRegistry("console-answers")
public class ConsoleAnswers extends Answers implements ErrorForm, CamelContextAware {

    private static final String PATH = "/console";

    private CamelContext camelContext;

    @Override
    public void failure(Exchange exchange, @ExchangeException Exception failure) {
        super.failure(exchange, failure);
        if (failure instanceof NoSession) {
            login(exchange, Request.of(exchange));
        }
    }

    /** A script follows no redirect to another page: it is told to load it. */
    private static void login(Exchange exchange, Request request) {
        QueryStringEncoder login = new QueryStringEncoder(PATH + "/login");
        boolean script = !request.headers("HX-Request").isEmpty();
        if (request.isGet() && !script) {
            login.addParam("to", request.target());
        }
        exchange.getMessage().setHeader(script ? "HX-Redirect" : "Location", login.toString());
        if (!script) {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
        }
    }

    @Override
    protected Object body(Refusal refusal) {
        boolean wrong = refusal.error().equals("invalid_client");
        return Map.of(
                "title",
                title(refusal.status()),
                "text",
                wrong ? "The client id or the secret is wrong." : sentence(refusal.description()),
                "error",
                refusal.error());
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static String title(int status) {
        return switch (status) {
            case 400, 413, 415 -> "This cannot be asked";
            case 401 -> "Log in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Not in this way";
            case 409 -> "Not possible as it is now";
            case 410 -> "Gone";
            case 429 -> "Too many attempts";
            case 503 -> "Not now";
            default -> "Something went wrong";
        };
    }

    /** While the console is off, its paths are like any others that are not there. */
    @Override
    public boolean covers(String path) {
        return path != null
                && (path.equals(PATH) || path.startsWith(PATH + "/"))
                && new Settings(camelContext).flag("console.enabled");
    }

    @Override
    public int status(int status) {
        return status;
    }

    @Override
    public Object body(int status) {
        return title(status);
    }

    /** Where no route makes a page: the same words without its looks. */
    @Override
    public String text(int status) {
        return "<!doctype html><html lang=\"en\"><title>" + title(status) + "</title><h1>" + title(status)
                + "</h1><p class=\"error\">" + title(status)
                + "</p><p><a href=\"/console\">To the console</a></p></html>";
    }

    @Override
    public String contentType() {
        return "text/html; charset=utf-8";
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
