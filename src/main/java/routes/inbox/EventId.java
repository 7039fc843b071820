package routes.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import routes.http.Refused;

/** Ids by hash: the same parts give the same id, on every instance and for ever. */
final class EventId {

    private EventId() {}

    /**
     * The id of a notification.
     *
     * @param sender who sent it
     * @param parts what makes it itself, in order; null counts as empty
     * @return a UUID of version 8 (RFC 9562), from SHA-256
     */
    static UUID of(String sender, List<String> parts) {
        MessageDigest digest = sha256();
        add(digest, sender.getBytes(StandardCharsets.UTF_8));
        for (String part : parts) {
            add(digest, part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8));
        }
        return uuid(digest);
    }

    /** @throws Refused 400 when the text is none */
    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("an id is a UUID");
        }
    }

    /** SHA-256 of the bytes. */
    static byte[] hash(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** With its length before it, so that no two lists of parts run together to the same bytes. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static UUID uuid(MessageDigest digest) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
