package routes.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import routes.http.Answers;
import routes.http.Refusal;

/** The form of errors of {@code /partners}: {@code [{"code": "<six digits>", "message": "<one sentence>"}]}. */
@BindToRegistry("registry-answers")
public class RegistryAnswers extends Answers {

    @Override
    protected Object body(Refusal refusal) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put(
                "code",
                refusal instanceof RegistryRefused
                        ? refusal.error()
                        : RegistryError.of(refusal.status()).code());
        error.put("message", refusal.description());
        return List.of(error);
    }
}
