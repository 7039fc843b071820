package routes.delivery;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** An event as a CloudEvent 1.0 in structured mode, with the attributes that its Kafka record has as headers. */
@BindToRegistry("cloud-event")
public class CloudEvent {

    /** As JSON will have it, with the payload in it as it came; what is not known is left out. */
    public Map<String, Object> of(
            @Body byte[] payload,
            @Variable("eventId") String eventId,
            @Variable("sender") String sender,
            @Variable("type") String type,
            @Variable("subject") String subject,
            @Variable("tenant") String tenant,
            @Variable("occurredAt") OffsetDateTime occurredAt,
            @Variable("eventOrder") String order) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", eventId);
        event.put("source", "/webhooks/" + sender);
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", occurredAt == null ? null : occurredAt.toInstant().toString());
        event.put("tenant", tenant);
        event.put("sequence", order);
        event.put("datacontenttype", "application/json");
        event.put("data", new RawValue(new String(payload, StandardCharsets.UTF_8)));
        event.values().removeIf(value -> value == null);
        return event;
    }
}
