package routes.delivery;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What a delivery route gets to see of an event.
 *
 * @param eventId its id
 * @param order compares as text: of two events about one subject, the newer has the greater
 * @param occurredAt when it happened, as far as the sender says so; may be null
 * @param receivedAt when it was committed, by the database's clock
 * @param traceparent the trace that its receipt belongs to; null: it was not traced
 * @param payload the bytes that came; null: they are not wanted, or kept no longer
 */
public record Notification(
        UUID eventId,
        String sender,
        String type,
        String status,
        String subject,
        String tenant,
        String correlationId,
        OffsetDateTime occurredAt,
        OffsetDateTime receivedAt,
        String order,
        String traceparent,
        byte[] payload) {

    /** Ids only: this may end up in a log. */
    @Override
    public String toString() {
        return "Notification[" + eventId + " " + sender + "]";
    }
}
