package routes.inbox;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.component.jsonvalidator.JsonValidatorErrorHandler;
import org.apache.camel.util.ObjectHelper;

/**
 * Makes one sentence of the errors of the json-validator: where, and which keyword of the schema. The validator's own messages
 * quote values, and those belong to patients.
 */
@BindToRegistry("schema-errors")
public class SchemaErrors implements JsonValidatorErrorHandler {

    private static final int MOST = 5;

    @Override
    public void handleErrors(Exchange exchange, JsonSchema schema, Set<ValidationMessage> errors)
            throws ValidationException {
        throw new Invalid(
                exchange,
                400,
                "not valid: "
                        + errors.stream().limit(MOST).map(SchemaErrors::error).collect(Collectors.joining("; ")));
    }

    @Override
    public void handleErrors(Exchange exchange, JsonSchema schema, Exception e) throws ValidationException {
        boolean within = ObjectHelper.getException(StreamConstraintsException.class, e) == null;
        throw new Invalid(exchange, 400, within ? "not JSON" : "beyond the limits of JSON here");
    }

    private static String error(ValidationMessage message) {
        String where = message.getInstanceLocation().toString();
        String what = message.getType();
        String property = message.getProperty() == null ? "" : " " + message.getProperty();
        return where + " " + what + property;
    }
}
