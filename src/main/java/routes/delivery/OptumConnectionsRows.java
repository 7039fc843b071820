package routes.delivery;

import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/** What Optum Connections sends as rows, a column a line. Times without a zone stay text. */
@BindToRegistry("optum-connections-rows")
public class OptumConnectionsRows {

    /** The row of {@code payment}. */
    public Map<String, Object> payment(Exchange exchange) {
        Object data = data(exchange);
        return row(exchange, data)
                .set("payment_id", Rows.text(exchange, "subject"))
                .number("amount", "$.amount")
                .id("network_payment_id", "$.paymentNetwork.id.paymentId")
                .id("network_id", "$.paymentNetwork.id.networkId")
                .id("network_status", "$.paymentNetwork.status")
                .id("application_id", "$.paymentNetwork.applicationId")
                .text("reason", "$.paymentNetwork.reason", 500)
                .id("distribution_service", "$.paymentNetwork.currentDistributionService")
                .set("document_url", Text.withoutQuery(Columns.string(data, "$.paymentNetwork.documentUrl"), 2000))
                .text("batch_start_time", "$.batchStartTime", 64)
                .text("start_time", "$.startTime", 64)
                .values();
    }

    /** The row of {@code payment_batch}. */
    public Map<String, Object> paymentBatch(Exchange exchange) {
        return row(exchange, data(exchange))
                .set("batch_id", Rows.text(exchange, "subject"))
                .id("org", "$.org")
                .id("account", "$.account")
                .id("sub_account", "$.subAccount")
                .number("total_amount", "$.totalAmount")
                .count("number_of_payments", "$.numberOfPayments")
                .id("funding_method", "$.fundingMethod")
                .values();
    }

    /** The row of {@code document}. */
    public Map<String, Object> document(Exchange exchange) {
        return row(exchange, exchange.getVariable("event"))
                .set("document_id", Rows.text(exchange, "subject"))
                .text("source", "$.source", 2000)
                .id("causation_id", "$.causationId")
                .text("occurred_at_text", "$.time", 64)
                .values();
    }

    private static Columns row(Exchange exchange, Object json) {
        return Rows.row(exchange, json)
                .set("type", exchange.getVariable("type"))
                .set("status", exchange.getVariable("status"))
                .set("occurred_at", exchange.getVariable("occurredAt"));
    }

    /** A missed event has no envelope: it is the data. */
    private static Object data(Exchange exchange) {
        Object event = exchange.getVariable("event");
        return event instanceof Map<?, ?> envelope && envelope.get("data") instanceof Map<?, ?> data ? data : event;
    }
}
