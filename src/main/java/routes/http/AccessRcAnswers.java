package routes.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import routes.config.Settings;

/** The four answers that AccessRC knows, each an envelope of its own; whatever else there is to tell becomes one of them. */
@BindToRegistry("accessrc-answers")
public class AccessRcAnswers extends Answers implements ErrorForm, CamelContextAware {

    private static final String PATHS = "/webhooks/accessrc/";

    private CamelContext camelContext;

    /** The envelope around what an accepted notification is answered. */
    public Map<String, Object> success(@Body Object data) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", "success");
        envelope.put("message", "Callback successfully received");
        envelope.put("data", data);
        return envelope;
    }

    /** The id of that name, which the vendor wants back. */
    public Map<String, Object> echo(Map<String, Object> event, String name) {
        // a broken surrogate would be no JSON, though it may stand escaped in the body
        String id = new String(event.get(name).toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return Map.of(name, id);
    }

    /** While the sender is off, its paths are like any others that are not there. */
    @Override
    public boolean covers(String path) {
        return path != null
                && path.startsWith(PATHS)
                && !new Settings(camelContext).text("sender.accessrc.auth").isEmpty();
    }

    @Override
    public int status(int status) {
        boolean notVerified = status == 401 || status == 429;
        return notVerified ? 401 : status < 500 ? 400 : 500;
    }

    @Override
    public Object body(int status) {
        return switch (status(status)) {
            case 401 -> failed(401, "Verification failed", "Unauthorized");
            case 400 -> failed(400, "Validation failed. Please check your input.", "BadRequest");
            default -> failed(500, "Internal Server Error", "Exception");
        };
    }

    @Override
    protected int status(Refusal refusal) {
        return status(refusal.status());
    }

    /** No word of how one would be let in. */
    @Override
    protected Map<String, String> headers(Refusal refusal) {
        String retryAfter = refusal.headers().get("Retry-After");
        return retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter);
    }

    @Override
    protected Object body(Refusal refusal) {
        return body(refusal.status());
    }

    private static Map<String, Object> failed(int code, String message, String type) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("type", type);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", "failed");
        envelope.put("error", error);
        return envelope;
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
