package routes.registry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * What of a callback is kept sealed.
 *
 * @param auth how we show who we are
 * @param headers more headers, by their names
 */
record CallbackSettings(PartnerAuth auth, Map<String, String> headers) {

    static final CallbackSettings NONE = new CallbackSettings(PartnerAuth.NONE, Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    @JsonIgnore
    boolean isNone() {
        return equals(NONE);
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static CallbackSettings of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, CallbackSettings.class);
        } catch (IOException e) {
            throw new IllegalStateException("settings of a callback that cannot be read");
        }
    }

    @Override
    public String toString() {
        return "CallbackSettings[" + auth + "]";
    }
}
