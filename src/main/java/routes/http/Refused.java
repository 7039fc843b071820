package routes.http;

import java.util.Map;

/** A request that cannot be served as it is, or not now. */
public class Refused extends RuntimeException implements Refusal {

    private final int status;
    private final String error;
    private final transient Map<String, String> headers;

    public Refused(int status, String error, String description) {
        this(status, error, description, Map.of());
    }

    private Refused(int status, String error, String description, Map<String, String> headers) {
        super(description);
        this.status = status;
        this.error = error;
        this.headers = headers;
    }

    /** 400: the caller must change something. */
    public static Refused badRequest(String description) {
        return new Refused(400, "invalid_request", description);
    }

    /** 503: the same request may succeed after a while. */
    public static Refused unavailable(String description, int retryAfterSeconds) {
        return new Refused(
                503,
                "temporarily_unavailable",
                description,
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** 429: too much of this went wrong lately. */
    public static Refused tooMany(String description, int retryAfterSeconds) {
        return new Refused(
                429, "too_many_failures", description, Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String error() {
        return error;
    }

    @Override
    public String description() {
        return getMessage();
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }
}
