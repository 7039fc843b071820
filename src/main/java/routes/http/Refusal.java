package routes.http;

import java.util.Map;

/** An exception that carries its own answer. Nothing in it comes from the request, so all of it may be told. */
public interface Refusal {

    /** The HTTP status. */
    int status();

    /** One word for programs, in the style of RFC 6749 section 5.2. */
    String error();

    /** One sentence for people. */
    String description();

    /** Headers of the answer, such as WWW-Authenticate or Retry-After. */
    default Map<String, String> headers() {
        return Map.of();
    }
}
