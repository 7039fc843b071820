package routes.delivery;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import routes.config.ContextService;
import routes.registry.Callbacks;
import routes.registry.Callbacks.Callback;
import routes.registry.NotificationTypes;

/** The request that tells a partner: where it goes, whether it still may, how it is signed, and what its answer means. */
@BindToRegistry("callback-request")
public class CallbackRequest extends ContextService {

    private static final String PROPERTY = "callback";

    private Callbacks callbacks;
    private NotificationTypes types;

    @Override
    protected void doStart() {
        callbacks = bean("callbacks", Callbacks.class);
        types = bean("notification-types", NotificationTypes.class);
    }

    /**
     * Looks up the callback of the destination {@code callback/<partner>/<notification type>} again: it may have been changed, and
     * the grant revoked, since the commit. Sets the variables {@code notificationType} and {@code notificationTypeName}, and the
     * header that the request goes by.
     *
     * @throws Cancelled when the partner is not to be told any more
     * @throws Suspend when it is not to be told for now
     */
    public void address(Exchange exchange) {
        String[] name = exchange.getVariable("destinationName", String.class).split("/", 2);
        int type = Integer.parseInt(name[1]);
        Callback callback = callbacks
                .find(
                        name[0],
                        type,
                        exchange.getVariable("sender", String.class),
                        exchange.getVariable("tenant", String.class))
                .orElseThrow(() -> new Cancelled("the callback was deleted"));
        if (!callback.granted()) {
            throw new Cancelled("the grant was revoked");
        }
        switch (callback.state()) {
            case "active" -> exchange.getMessage().setHeader(Exchange.HTTP_URI, callback.url());
            case "suspended" -> throw new Suspend("the callback is suspended");
            default -> throw new Cancelled("the callback is " + callback.state());
        }
        exchange.setVariable("notificationType", type);
        exchange.setVariable("notificationTypeName", types.name(type).orElse(null));
        exchange.setProperty(PROPERTY, callback);
    }

    /** Signs the body as Standard Webhooks has it; the id is that of the delivery, and so the same in every attempt. */
    public void sign(Exchange exchange) throws WebhookSigningException {
        CallbackClient.mustEndBy(Deadline.of(exchange));
        Message message = exchange.getMessage();
        String id = exchange.getVariable("deliveryId", String.class);
        long now = Instant.now().getEpochSecond();
        String secret = exchange.getProperty(PROPERTY, Callback.class).secret();
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", now);
        message.setHeader("webhook-signature", new Webhook(secret).sign(id, now, message.getBody(String.class)));
    }

    /**
     * Notes the status of the answer in the variable {@code status-code}, for the attempt.
     *
     * @throws Failed unless it is a 2xx
     */
    public void check(Exchange exchange) {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        exchange.setVariable("status-code", status);
        if (status < 200 || status > 299) {
            throw new Failed("the partner answered " + status);
        }
    }
}
