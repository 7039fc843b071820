package routes.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What AccessRC has found of the applications to a program, as rows. */
@BindToRegistry("accessrc-evaluations")
public class AccessRcEvaluations {

    private static final Logger LOG = LoggerFactory.getLogger(AccessRcEvaluations.class);

    /** The vendor's spelling, which counts, and the one that it may be corrected to. */
    private static final String MISSPELT = "$.mandotaryCriteria";

    private static final String MANDATORY = "$.mandatoryCriteria";

    /**
     * One application.
     *
     * @param row of {@code eligibility_evaluation}
     * @param criteria rows of {@code eligibility_criterion}
     * @param end the position after its last criterion; they are counted through the whole event
     */
    public record Evaluation(Map<String, Object> row, List<Map<String, Object>> criteria, int end) {

        /** Without the criteria before that position, which are written. */
        private Evaluation from(int position) {
            int first = Math.max(0, criteria.size() - (end - position));
            return new Evaluation(row, criteria.subList(Math.min(first, criteria.size()), criteria.size()), end);
        }

        /** Nothing of it belongs in a log. */
        @Override
        public String toString() {
            return "Evaluation[" + end + "]";
        }
    }

    /** Whose evaluations they are, and of which event. */
    public Map<String, Object> program(Exchange exchange) {
        return Rows.row(exchange, null)
                .set("program_id", Rows.text(exchange, "subject"))
                .values();
    }

    /** What is not written yet; of an application that comes twice, the last. */
    public List<Evaluation> of(Exchange exchange) {
        Map<String, Object> applications = new LinkedHashMap<>();
        for (Object application : Columns.list(exchange.getVariable("event"), "$.applications")) {
            applications.put(id(application), application);
        }
        if (applications.values().stream()
                .anyMatch(application -> Columns.has(application, MISSPELT) && Columns.has(application, MANDATORY))) {
            LOG.warn(
                    "mandotaryCriteria and mandatoryCriteria in one application: the first counts event={}",
                    exchange.getVariable("eventId"));
        }
        int written = AccessRcRows.written(exchange);
        Set<String> evaluated = evaluated(exchange);
        List<Evaluation> evaluations = new ArrayList<>();
        int position = 0;
        for (Object application : applications.values()) {
            Evaluation evaluation = evaluation(exchange, application, position);
            position = evaluation.end;
            // Of the last one that was begun its own row may be missing.
            if (position >= written && !evaluated.contains(id(application))) {
                evaluations.add(evaluation.from(written));
            }
        }
        return evaluations;
    }

    /** The applications that need nothing more, by their ids: the answer of another statement. */
    private static Set<String> evaluated(Exchange exchange) {
        Set<String> ids = new HashSet<>();
        for (Object row : exchange.getVariable("evaluated", List.class)) {
            ids.add((String) ((Map<?, ?>) row).get("application_id"));
        }
        return ids;
    }

    private static Evaluation evaluation(Exchange exchange, Object application, int start) {
        List<Map<String, Object>> criteria = new ArrayList<>();
        String mandatory = Columns.has(application, MISSPELT) ? MISSPELT : MANDATORY;
        criteria(criteria, exchange, application, start, "mandatory", mandatory);
        criteria(criteria, exchange, application, start, "additional", "$.additionalCriteria");
        return new Evaluation(row(exchange, application), criteria, start + criteria.size());
    }

    private static Map<String, Object> row(Exchange exchange, Object application) {
        return of(exchange, application, application)
                .set("received_at", exchange.getVariable("receivedAt"))
                .set("provider_program_id", providerProgram(exchange))
                .id("provider_application_id", "$.providerApplicationId")
                .id("provider_beneficiary_id", "$.providerBeneficiaryId")
                .id("beneficiary_federation_id", "$.beneficiaryFederationId")
                .text("full_name", "$.fullNameLocal", 500)
                .text("email", "$.email", 500)
                .id("evaluation_key", "$.finalEvaluation.evaluationKey")
                .text("evaluation_name", "$.finalEvaluation.evaluationName", 500)
                .values();
    }

    private static void criteria(
            List<Map<String, Object>> rows,
            Exchange exchange,
            Object application,
            int start,
            String kind,
            String path) {
        for (Object criterion : Columns.list(application, path)) {
            rows.add(of(exchange, application, criterion)
                    .set("position", start + rows.size())
                    .set("kind", kind)
                    .id("criteria_key", "$.criteriaKey")
                    .text("criteria_name", "$.criteriaName", 500)
                    .id("evaluation_key", "$.evaluationKey")
                    .text("evaluation_name", "$.evaluationName", 500)
                    .text("notes", "$.notes", 2000)
                    .values());
        }
    }

    /** Columns of that JSON value, in a row of the application. */
    private static Columns of(Exchange exchange, Object application, Object json) {
        return Rows.row(exchange, json)
                .set("program_id", Rows.text(exchange, "subject"))
                .set("application_id", id(application));
    }

    private static String providerProgram(Exchange exchange) {
        return Text.id(Columns.string(exchange.getVariable("event"), "$.providerProgramReferenceId"), 200);
    }

    /** Part of a primary key: never null. */
    private static String id(Object application) {
        String id = Text.id(Columns.string(application, "$.applicationId"), 200);
        return id == null ? "" : id;
    }
}
