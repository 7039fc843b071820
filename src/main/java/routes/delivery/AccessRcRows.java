package routes.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** What AccessRC sends as rows, a column a line; evaluations are {@link AccessRcEvaluations}. */
@BindToRegistry("accessrc-rows")
public class AccessRcRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DOCUMENT = 10 * 1024 * 1024;
    private static final List<DateTimeFormatter> WITHOUT_ZONE = List.of(
            DateTimeFormatter.ofPattern("M/d/uuuu H:m:s").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ISO_LOCAL_DATE_TIME);

    /** The row of {@code delivery_channel}. */
    public Map<String, Object> deliveryChannel(Exchange exchange) {
        String requested = Text.clean(Columns.string(exchange.getVariable("event"), "$.requestedDate"), 64);
        return row(exchange, "delivery_channel_id")
                .set("status", exchange.getVariable("status"))
                .text("message", "$.message", 2000)
                .id("request_type", "$.requestType")
                .set("requested_at", time(requested))
                .set("requested_at_text", requested)
                .values();
    }

    /** The row of {@code delivery_request}. */
    public Map<String, Object> deliveryRequest(Exchange exchange) {
        return row(exchange, "delivery_request_id")
                .id("delivery_channel_id", "$.providerDeliveryChannelId")
                .text("description", "$.description", 2000)
                .values();
    }

    /** The rows of {@code delivery_request_item} that are not written yet. */
    public List<Map<String, Object>> deliveryRequestItems(Exchange exchange) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object item : Columns.list(exchange.getVariable("event"), "$.delivery")) {
            rows.add(Rows.row(exchange, item)
                    .set("delivery_request_id", Rows.text(exchange, "subject"))
                    .set("position", rows.size())
                    .id("delivery_id", "$.deliveryId")
                    .id("beneficiary_id", "$.beneficiaryId")
                    .set("options", options(Columns.list(item, "$.deliveryOptions")))
                    .number("amount", "$.deliveryAmount")
                    .id("unit", "$.deliveryUnit")
                    .values());
        }
        return unwritten(exchange, rows);
    }

    /** The row of {@code delivery_refund}. */
    public Map<String, Object> deliveryRefund(Exchange exchange) {
        return row(exchange, "delivery_id").values();
    }

    /** The row of {@code applications_import}. */
    public Map<String, Object> applicationsImport(Exchange exchange) {
        return row(exchange, "import_id")
                .set("status", exchange.getVariable("status"))
                .id("program_id", "$.programId")
                .count("total_records", "$.summary.totalRecords")
                .count("success_count", "$.summary.successCount")
                .count("failure_count", "$.summary.failureCount")
                .values();
    }

    /** The rows of {@code applications_import_error} that are not written yet. */
    public List<Map<String, Object>> applicationsImportErrors(Exchange exchange) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object error : Columns.list(exchange.getVariable("event"), "$.errors")) {
            rows.add(Rows.row(exchange, error)
                    .set("import_id", Rows.text(exchange, "subject"))
                    .set("position", rows.size())
                    .id("application_id", "$.applicationId")
                    .text("error", "$.error", 2000)
                    .values());
        }
        return unwritten(exchange, rows);
    }

    /** What the rows of all subjects have. */
    private static Columns row(Exchange exchange, String key) {
        return Rows.row(exchange, exchange.getVariable("event"))
                .set(key, Rows.text(exchange, "subject"))
                .set("received_at", exchange.getVariable("receivedAt"));
    }

    private static List<Map<String, Object>> unwritten(Exchange exchange, List<Map<String, Object>> rows) {
        return rows.subList(Math.min(written(exchange), rows.size()), rows.size());
    }

    /** How many rows an attempt before has written, in their order: the answer of the statement before. */
    static int written(Exchange exchange) {
        List<?> answer = exchange.getMessage().getBody(List.class);
        return ((Number) ((Map<?, ?>) answer.get(0)).get("written")).intValue();
    }

    /** The pairs as they came, with names that each provider chooses; null when there are none. */
    private static String options(List<?> pairs) {
        try {
            return pairs.isEmpty() ? null : Text.raw(JSON.writeValueAsString(pairs), DOCUMENT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Month first, as the vendor's samples have it, and in UTC, which is our guess; or ISO 8601. Null when it is neither. */
    static OffsetDateTime time(String text) {
        OffsetDateTime time = Columns.time(text);
        for (int i = 0; text != null && time == null && i < WITHOUT_ZONE.size(); i++) {
            try {
                LocalDateTime local = LocalDateTime.parse(text, WITHOUT_ZONE.get(i));
                time = Columns.time(local.atOffset(ZoneOffset.UTC).toString());
            } catch (DateTimeException e) {
                // another form, then
            }
        }
        return time;
    }
}
