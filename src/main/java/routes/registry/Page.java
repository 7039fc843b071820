package routes.registry;

import java.util.Map;
import java.util.Set;
import routes.http.Request;

/** Which part of a list is asked for. */
record Page(int offset, int limit) {

    private static final String OFFSET = "offset";
    private static final String LIMIT = "limit";
    private static final String WHOLE = "\\d{1,9}";
    private static final String DEFAULT_LIMIT = "50";
    private static final int MAX_LIMIT = 100;

    static Page of(Request request) {
        Map<String, String> parameters = request.parameters(Set.of(OFFSET, LIMIT));
        String offset = parameters.getOrDefault(OFFSET, "0");
        if (!offset.matches(WHOLE)) {
            throw RegistryError.OFFSET.refusal();
        }
        String limit = parameters.getOrDefault(LIMIT, DEFAULT_LIMIT);
        if (!limit.matches(WHOLE) || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw RegistryError.LIMIT.refusal();
        }
        return new Page(Integer.parseInt(offset), Integer.parseInt(limit));
    }
}
