package routes.registry;

import java.util.Optional;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;

/** The callbacks that partners have registered: a URL for each of their notification types. */
@BindToRegistry("callbacks")
public class Callbacks extends ContextService {

    /**
     * What the sending side asks.
     *
     * @param url where to post
     * @param secret what to sign with, {@code whsec_...}
     * @param state active, disabled or suspended
     * @param granted whether the partner may see events of that sender and tenant
     */
    public record Callback(String url, String secret, String state, boolean granted) {

        /** Nothing of it belongs in a log. */
        @Override
        public String toString() {
            return "Callback[" + state + "]";
        }
    }

    /** The callback of that partner and notification type, in one query; empty when there is none. */
    public Optional<Callback> find(String partner, int type, String sender, String tenant) {
        throw new UnsupportedOperationException("being written");
    }
}
