package routes.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A secret that another has taken the place of, and that signs beside it for a while.
 *
 * @param until in seconds since 1970
 */
record PreviousSecret(String secret, long until) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<PreviousSecret>> LIST = new TypeReference<>() {};

    static byte[] toBytes(List<PreviousSecret> secrets) {
        try {
            return JSON.writeValueAsBytes(secrets);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those whose time is not over. */
    static List<PreviousSecret> good(byte[] bytes) {
        long now = Instant.now().getEpochSecond();
        try {
            return JSON.readValue(bytes, LIST).stream()
                    .filter(secret -> secret.until > now)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("secrets of a callback that cannot be read");
        }
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "PreviousSecret[until " + until + "]";
    }
}
