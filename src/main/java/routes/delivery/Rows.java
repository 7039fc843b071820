package routes.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** Payloads as rows: the named parameters of the statements in {@code webhook.sql}, a column a line. */
@BindToRegistry("rows")
public class Rows {

    private static final List<String> PATH_OUTCOMES = List.of("successful", "unsuccessful", "pending", "skipped");

    /** The row of {@code notification}. */
    public Map<String, Object> notification(Exchange exchange) {
        return row(exchange, Map.of())
                .set("sender", exchange.getVariable("sender"))
                .set("type", exchange.getVariable("type"))
                .set("status", exchange.getVariable("status"))
                .set("subject", text(exchange, "subject"))
                .set("occurred_at", exchange.getVariable("occurredAt"))
                .values();
    }

    /** The row of {@code coverage_discovery_task}. */
    public Map<String, Object> coverageDiscoveryTask(Exchange exchange) {
        return row(exchange, exchange.getVariable("event"))
                .set("task_id", text(exchange, "subject"))
                .set("status", exchange.getVariable("status"))
                .text("name", "$.name", 500)
                .id("type", "$.type")
                .text("tenant_name", "$.tenantName", 500)
                .id("trace_id", "$.traceId")
                .id("correlation_id", "$.correlationId")
                .text("callback_url", "$.callbackUrl", 2000)
                .time("started_at", "$.startDateTime")
                .time("ended_at", "$.endDateTime", "$.endDatetime")
                .id("real_time_id", "$.realTime.id")
                .text("real_time_name", "$.realTime.name", 500)
                .time("real_time_at", "$.realTime.timestamp")
                .id("real_time_transaction_id", "$.realTime.transaction.id")
                .id("real_time_status", "$.realTime.transaction.status")
                .id("real_time_payer_id", "$.realTime.transaction.chcPayerId")
                .document("real_time_x12_271", "$.realTime.transaction['x12-271']")
                .values();
    }

    /** The rows of {@code coverage_discovery_path}; an array of the task that is missing or null has none. */
    public List<Map<String, Object>> coverageDiscoveryPaths(Exchange exchange) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String outcome : PATH_OUTCOMES) {
            for (Object path : Columns.list(exchange.getVariable("event"), "$.discoveryPaths." + outcome)) {
                rows.add(row(exchange, path)
                        .set("task_id", text(exchange, "subject"))
                        .set("position", rows.size())
                        .set("outcome", outcome)
                        .id("path_id", "$.id")
                        .text("name", "$.name", 500)
                        .text("description", "$.description", 2000)
                        .time("occurred_at", "$.timestamp")
                        .id("transaction_id", "$.transaction.id")
                        .id("transaction_status", "$.transaction.status")
                        .id("payer_id", "$.transaction.chcPayerId")
                        .document("x12_271", "$.transaction['x12-271']")
                        .text("skip_reason", "$.reason", 2000)
                        .values());
            }
        }
        return rows;
    }

    /** What every row has: whose it is, and which event wrote it. */
    static Columns row(Exchange exchange, Object json) {
        return Columns.of(json)
                .set("event_id", exchange.getVariable("eventId"))
                .set("event_order", exchange.getVariable("eventOrder"))
                .set("tenant", text(exchange, "tenant"));
    }

    /** Part of a primary key: never null. */
    static String text(Exchange exchange, String variable) {
        String text = exchange.getVariable(variable, String.class);
        return text == null ? "" : text;
    }
}
