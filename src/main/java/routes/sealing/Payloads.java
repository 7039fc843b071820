package routes.sealing;

import java.util.Optional;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;

/** Payloads as the table {@code event} keeps them: sealed, each for its event, or in clear where the settings want that. */
@BindToRegistry("payloads")
public class Payloads extends ContextService {

    /** What is in the column {@code payload_key_id} of a payload that is stored as it came. */
    public static final String PLAIN = "plain";

    private Sealing sealing;
    private boolean sealed;

    @Override
    protected void doStart() {
        sealing = bean("sealing", Sealing.class);
        sealed = settings().flag("sealing.payloads");
    }

    /** What new payloads are sealed with: the id of the first key, or {@link #PLAIN}. */
    public String keyId() {
        return sealed ? sealing.keyId() : PLAIN;
    }

    /** As it is stored beside {@link #keyId}. */
    public byte[] seal(UUID event, byte[] payload) {
        return sealed ? sealing.seal(name(event), payload) : payload;
    }

    /**
     * The bytes that came; empty when they are kept no longer.
     *
     * @param keyId what is stored beside it
     */
    public Optional<byte[]> open(UUID event, String keyId, byte[] stored) {
        return keyId == null || stored == null
                ? Optional.empty()
                : Optional.of(keyId.equals(PLAIN) ? stored : sealing.open(name(event), stored));
    }

    private static String name(UUID event) {
        return "payload of event " + event;
    }
}
