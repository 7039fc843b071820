package routes.delivery;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Variable;

/**
 * What a partner is told: {@code {"notificationTypeID", "processUniqueId", "rawBody"}}, made of columns of the event only, never of
 * its payload. The form of {@code rawBody} is ours (schemas/partner-api): the bank's is not published.
 */
@BindToRegistry("notification-body")
public class NotificationBody {

    /**
     * The notification of that type about the event, as JSON will have it; what is not known is left out. Its time is the event's, or,
     * where the sender gives none, that of its arrival.
     */
    public Map<String, Object> of(
            @Variable("notificationType") int type,
            @Variable("notificationTypeName") String typeName,
            @Variable("eventId") String eventId,
            @Variable("sender") String sender,
            @Variable("type") String eventType,
            @Variable("status") String status,
            @Variable("subject") String subject,
            @Variable("occurredAt") OffsetDateTime occurredAt,
            @Variable("receivedAt") OffsetDateTime receivedAt) {
        String state = status == null ? eventType : status;
        OffsetDateTime changedAt = occurredAt == null ? receivedAt : occurredAt;
        String time = changedAt == null ? null : changedAt.toInstant().toString();
        Map<String, Object> rawBody = new LinkedHashMap<>();
        switch (typeName == null ? "" : typeName) {
            case "Notes" -> {
                put(rawBody, "subject", eventType);
                put(rawBody, "text", state);
                put(rawBody, "creationDate", time);
            }
            case "Document" -> {
                put(rawBody, "documentUniqueId", subject);
                put(rawBody, "title", eventType);
                put(rawBody, "stateDescription", state);
                put(rawBody, "changeDate", time);
            }
            default -> {
                put(rawBody, "stateDescription", state);
                put(rawBody, "changeDate", time);
            }
        }
        put(rawBody, "sender", sender);
        put(rawBody, "eventType", eventType);
        put(rawBody, "eventId", eventId);
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("notificationTypeID", type);
        notification.put("processUniqueId", subject == null ? eventId : subject);
        notification.put("rawBody", rawBody);
        return notification;
    }

    private static void put(Map<String, Object> json, String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
