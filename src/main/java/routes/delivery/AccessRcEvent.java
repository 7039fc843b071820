package routes.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Variable;

/** What makes an event of an AccessRC notification: the path names its type, and the type which field is what. */
@BindToRegistry("accessrc-event")
public class AccessRcEvent {

    private static final Map<String, String> SUBJECTS = Map.of(
            "DELIVERY_CHANNEL_STATUS_UPDATED", "$.providerDeliveryChannelId",
            "DELIVERY_REQUEST_SENT", "$.deliveryRequestId",
            "DELIVERY_REFUND_REQUESTED", "$.deliveryId",
            "PROGRAM_ELIGIBILITY_EVALUATED", "$.programId",
            "PROGRAM_PULL_FORM", "$.programId",
            "APPLICATIONS_IMPORT_RESULT", "$.providerImportId");
    private static final String ANY_ID = "$.id";
    private static final Set<String> WITH_STATUS =
            Set.of("DELIVERY_CHANNEL_STATUS_UPDATED", "APPLICATIONS_IMPORT_RESULT");

    /** The last segment of the path as the vendor's list has it: its event pages write {@code program.pull_form}. */
    public String type(@Variable("path") String path) {
        return path.substring(path.lastIndexOf('/') + 1)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_');
    }

    /** The state that it tells of; null for types that tell of none. Of a type whose body is not known, what is called so. */
    public String status(@Variable("type") String type, @Variable("event") Object event) {
        return WITH_STATUS.contains(type) || !SUBJECTS.containsKey(type) ? Columns.string(event, "$.status") : null;
    }

    /** The id of what it is about. Of a type whose body is not known, what is called so; null when nothing is. */
    public String subject(@Variable("type") String type, @Variable("event") Object event) {
        return Columns.string(event, SUBJECTS.getOrDefault(type, ANY_ID));
    }
}
