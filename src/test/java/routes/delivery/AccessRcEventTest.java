package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRcEventTest {

    private final AccessRcEvent event = new AccessRcEvent();

    @ParameterizedTest
    @CsvSource({
        "/webhooks/accessrc/PROGRAM_PULL_FORM,   PROGRAM_PULL_FORM",
        "/webhooks/accessrc/program.pull_form,   PROGRAM_PULL_FORM",
        "/webhooks/accessrc/Program.Pull.Form,   PROGRAM_PULL_FORM",
        "/webhooks/accessrc/program%2Fpull_form, PROGRAM%2FPULL_FORM",
        "PROGRAM_PULL_FORM,                      PROGRAM_PULL_FORM",
        "/webhooks/accessrc/,                    ''"
    })
    void theTypeIsTheEndOfThePath(String path, String type) {
        assertEquals(type, event.type(path));
    }

    @Test
    void theTypeIsTheSameWhereverTheBundleRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("PROGRAM_ELIGIBILITY_EVALUATED", event.type("/program.eligibility_evaluated"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVERY_CHANNEL_STATUS_UPDATED, channel,  done",
        "DELIVERY_REQUEST_SENT,           request,",
        "DELIVERY_REFUND_REQUESTED,       delivery,",
        "PROGRAM_ELIGIBILITY_EVALUATED,   program,",
        "PROGRAM_PULL_FORM,               program,",
        "APPLICATIONS_IMPORT_RESULT,      import,   done",
        "BENEFICIARY_SYNC,                any,      done",
        "SOMETHING_NEW,                   any,      done"
    })
    void theTypeDecidesWhatIsSubjectAndStatus(String type, String subject, String status) {
        Map<String, Object> body = new HashMap<>();
        body.put("id", "any");
        body.put("providerDeliveryChannelId", "channel");
        body.put("deliveryRequestId", "request");
        body.put("deliveryId", "delivery");
        body.put("programId", "program");
        body.put("providerImportId", "import");
        body.put("status", "done");
        assertEquals(subject, event.subject(type, body));
        assertEquals(status, event.status(type, body));
        assertEquals(null, event.subject(type, null));
        assertEquals(null, event.status(type, null));
    }
}
