package routes.sealing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;

/** Payloads as the table {@code event} keeps them: sealed, each for its event, or in clear where the settings want that. */
@BindToRegistry("payloads")
public class Payloads extends ContextService {

    /** What is in the column {@code payload_key_id} of a payload that is stored as it came. */
    public static final String PLAIN = "plain";

    /** What is in that column of a payload that did not open when it was to be sealed anew: no key is kept for it. */
    public static final String BROKEN = "broken";

    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);

    private Sealing sealing;
    private boolean sealed;

    @Override
    protected void doStart() {
        sealing = bean("sealing", Sealing.class);
        sealed = settings().flag("sealing.payloads");
        if (!sealed && !settings().flag("demo.enabled")) {
            LOG.warn("sealing.payloads = false: payloads are stored as they come");
        }
    }

    /** Whether new payloads are sealed. */
    public boolean areSealed() {
        return sealed;
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
     * Sealed with the first key, also where new ones are not sealed.
     *
     * @throws CannotOpen when it does not open
     */
    public byte[] reseal(UUID event, String keyId, byte[] stored) {
        return sealing.seal(name(event), opened(event, keyId, stored));
    }

    /**
     * The bytes that came; empty when they are kept no longer, or do not open with their key, which the log says.
     *
     * @param keyId what is stored beside it
     * @throws CannotOpen when their key is not here; it may be elsewhere, or later
     */
    public Optional<byte[]> open(UUID event, String keyId, byte[] stored) {
        try {
            return keyId == null || stored == null ? Optional.empty() : Optional.of(opened(event, keyId, stored));
        } catch (CannotOpen e) {
            if (!isHere(keyId)) {
                throw e;
            }
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The same, of a row that has the columns {@code payload_key_id} and {@code payload}.
     *
     * @throws CannotOpen when their key is not here
     */
    public Optional<byte[]> open(UUID event, ResultSet row) throws SQLException {
        return open(event, row.getString("payload_key_id"), row.getBytes("payload"));
    }

    /** Whether what is stored beside such an id should open here. */
    public boolean isHere(String keyId) {
        return keyId.equals(PLAIN) || keyId.equals(BROKEN) || sealing.isKnown(keyId);
    }

    private byte[] opened(UUID event, String keyId, byte[] stored) {
        return keyId.equals(PLAIN) ? stored : sealing.open(name(event), stored);
    }

    private static String name(UUID event) {
        return "payload of event " + event;
    }
}
