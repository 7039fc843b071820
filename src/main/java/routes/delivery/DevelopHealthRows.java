package routes.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;

/**
 * What Develop Health sends as rows, a column a line. Links to files are never among them: they are signed, and expire before
 * anybody reads the row.
 */
@BindToRegistry("develop-health-rows")
public class DevelopHealthRows {

    /** The row of {@code benefit_verification}. */
    public Map<String, Object> benefitVerification(Exchange exchange) {
        return resource(exchange)
                .set("benefit_verification_id", Rows.text(exchange, "subject"))
                .text("status_description", "$.data.status_description", 500)
                .id("review_status", "$.data.review_status")
                .text("error_title", "$.data.error.title", 500)
                .id("error_code", "$.data.error.code")
                .id("error_detail_code", "$.data.error.detail_code")
                .text("error_message", "$.data.error.message", 2000)
                .id("patient_coverage_status", "$.data.patient_coverage_status")
                .id("plan_fund_source", "$.data.patient_plan_fund_source")
                .id("coverage_type", "$.data.patient_coverage_type")
                .text("pharmacy_benefit_manager", "$.data.pharmacy_benefit_manager_name", 500)
                .id("priority", "$.data.priority")
                .id("replaces_id", "$.data.replaces")
                .id("replaced_by_id", "$.data.replaced_by")
                .id("prior_authorization_id", "$.data.triggered_by_pa_id")
                .values();
    }

    /** The rows of {@code benefit_verification_drug}. */
    public List<Map<String, Object>> drugs(Exchange exchange) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object drug : Columns.list(exchange.getVariable("event"), "$.data.drugs")) {
            rows.add(Rows.row(exchange, drug)
                    .set("benefit_verification_id", Rows.text(exchange, "subject"))
                    .set("position", rows.size())
                    .text("name", "$.name", 500)
                    .id("dosage", "$.dosage")
                    .number("quantity", "$.quantity")
                    .id("ndc", "$.ndc")
                    .id("coverage", "$.coverage")
                    .id("coverage_detail_code", "$.coverage_detail_code")
                    .id("prior_authorization_required", "$.prior_authorization_required")
                    .text("copay", "$.copay", 500)
                    .flag("on_formulary", "$.determination_details.is_on_formulary")
                    .flag("plan_exclusion", "$.determination_details.is_explicit_plan_exclusion")
                    .id("has_active_prior_auth", "$.has_active_prior_auth")
                    .values());
        }
        return rows;
    }

    /** The row of {@code prior_authorization}. */
    public Map<String, Object> priorAuthorization(Exchange exchange) {
        return resource(exchange)
                .set("prior_authorization_id", Rows.text(exchange, "subject"))
                .set("url", Text.withoutQuery(Columns.string(exchange.getVariable("event"), "$.data.url"), 2000))
                .id("outcome", "$.data.outcome.result")
                .id("outcome_detail_code", "$.data.outcome.detail_code")
                .text("outcome_detail", "$.data.outcome.detail", 2048)
                .date("authorized_from", "$.data.outcome.authorization_start_date")
                .date("authorized_until", "$.data.outcome.authorization_expiration")
                .text("drug_name", "$.data.prescription.drug_name", 500)
                .id("drug_strength", "$.data.prescription.strength")
                .flag("appeal", "$.data.is_appeal")
                .flag("patient_consent_required", "$.data.patient_consent_required")
                .id("previous_prior_authorization_id", "$.data.resubmission_info.previous_prior_auth_request_id")
                .id("benefit_verification_id", "$.data.triggered_benefit_verification_id")
                .id("transfer_status", "$.data.prescription_transfer.status")
                .flag("transfer_confirmed", "$.data.prescription_transfer.confirmed")
                .id("transfer_error_code", "$.data.prescription_transfer.error_code")
                .set("transfer_attempts", transferAttempts(exchange))
                .id("patient_cost", "$.data.real_time_benefits_check_response.patient_cost")
                .flag("prior_auth_required", "$.data.real_time_benefits_check_response.prior_auth_required")
                .flag("thread_resolved", "$.data.message_thread.is_resolved")
                .values();
    }

    /** The rows of {@code prior_authorization_message}. */
    public List<Map<String, Object>> messages(Exchange exchange) {
        return Columns.list(exchange.getVariable("event"), MessageThread.MESSAGES).stream()
                .map(message -> message(exchange, message))
                .filter(row -> row.get("message_id") != null)
                .toList();
    }

    private static Map<String, Object> message(Exchange exchange, Object message) {
        String files = Columns.list(message, "$.attachments").stream()
                .map(attachment -> Columns.string(attachment, "$.file_name"))
                .filter(name -> name != null)
                .collect(Collectors.joining(", "));
        return Rows.row(exchange, message)
                .set("prior_authorization_id", Rows.text(exchange, "subject"))
                .id("message_id", "$.id")
                .time("sent_at", "$.timestamp")
                .text("sent_by", "$.sent_by_name", 500)
                .id("direction", "$.direction")
                .document("content", "$.content")
                .flag("resolution", "$.is_resolution")
                .set("attachments", Text.clean(files, 2000))
                .values();
    }

    /** What the rows of both resources have. */
    private static Columns resource(Exchange exchange) {
        Object event = exchange.getVariable("event");
        return Rows.row(exchange, event)
                .set("status", exchange.getVariable("status"))
                .set("occurred_at", exchange.getVariable("occurredAt"))
                .set("test", Columns.has(event, "$.data.mock_result"))
                .id("patient_id", "$.data.patient.internal_id")
                .id("provider_npi", "$.data.provider.npi")
                .set("provider_fax", Text.id(fax(Columns.string(event, "$.data.provider.fax")), 200));
    }

    /** The vendor writes None where there is none. */
    private static String fax(String number) {
        return "None".equalsIgnoreCase(number) ? null : number;
    }

    private static Integer transferAttempts(Exchange exchange) {
        Object event = exchange.getVariable("event");
        return Columns.has(event, "$.data.prescription_transfer")
                ? Columns.list(event, "$.data.prescription_transfer.transfer_attempts")
                        .size()
                : null;
    }
}
