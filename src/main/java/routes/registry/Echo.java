package routes.registry;

import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import routes.auth.PartnerId;
import routes.config.ContextService;
import routes.http.Request;

/** An echo becomes an event of the sender {@code partner-api}: who may have one, and what the event is. */
@BindToRegistry("echo")
public class Echo extends ContextService {

    private static final String PARTNER = "partner";
    private static final String TYPE = "notificationType";

    private Partners partners;
    private NotificationTypes types;
    private Callbacks callbacks;

    @Override
    protected void doStart() {
        partners = bean("partners", Partners.class);
        types = bean("notification-types", NotificationTypes.class);
        callbacks = bean("callbacks", Callbacks.class);
    }

    /** Before its body is looked at: sets the variables {@code partner} and {@code notificationType}. */
    public void check(Exchange exchange) {
        Request request = Request.of(exchange);
        if (!PartnerId.isGuid(request.segment(1))) {
            throw RegistryError.PARTNER_GUID.refusal();
        }
        String partner = partners.known(request);
        int type = types.supported(request.segment(3));
        request.parameters(Set.of());
        String state = callbacks.state(partner, type).orElseThrow(RegistryError.CALLBACK_UNKNOWN::refusal);
        if (!state.equals(Callbacks.ACTIVE)) {
            throw RegistryError.CALLBACK_INACTIVE.refusal();
        }
        exchange.setVariable(PARTNER, partner);
        exchange.setVariable(TYPE, type);
    }

    /**
     * Makes the body the notification that it asks for, and sets the variables of the receive template. A body that is none
     * stays as it came, with the variables {@code invalid} and {@code invalidStatus}, so that it is kept.
     */
    public void normalise(Exchange exchange) {
        int type = exchange.getVariable(TYPE, Integer.class);
        exchange.setVariable("sender", Grant.PARTNER_API);
        exchange.setVariable("type", types.name(type).orElseThrow());
        exchange.setVariable("tenant", exchange.getVariable(PARTNER));
        exchange.setVariable("test", true);
        // every echo is an event of its own
        exchange.setVariable("identity", "echoId");
        exchange.setVariable("echoId", UUID.randomUUID().toString());
        if (exchange.getVariable("invalid") != null) {
            return;
        }
        try {
            EchoBody body = EchoBody.read(type, exchange.getVariable("payload", byte[].class));
            exchange.setVariable("subject", body.id());
            exchange.setVariable("payload", body.notification());
            exchange.setVariable("contentType", "application/json");
            exchange.getMessage().setBody(body.notification());
        } catch (EchoBody.Unusable e) {
            exchange.setVariable("invalid", e.getMessage());
            exchange.setVariable("invalidStatus", 400);
        }
    }
}
