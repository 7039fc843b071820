package routes.delivery;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import routes.config.ContextService;
import routes.config.Settings;
import routes.registry.CallbackControl;
import routes.registry.CallbackFormat;
import routes.registry.Callbacks;
import routes.registry.Callbacks.Callback;
import routes.registry.NotificationTypes;

/** The request that tells a partner: where it goes, whether it still may, how it is signed, and what its answer means. */
@BindToRegistry("callback-request")
public class CallbackRequest extends ContextService {

    private static final String PROPERTY = "callback";
    private static final int GONE = 410;

    /** Not now, says the partner, or what is before it; the same later may be taken. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

    /** With these a partner may say when to come back. */
    private static final Set<Integer> WITH_TIME = Set.of(429, 503);

    private Callbacks callbacks;
    private CallbackControl control;
    private NotificationTypes types;
    private Duration slowRetry;
    private RetryAfter retryAfter;

    @Override
    protected void doStart() {
        Settings settings = settings();
        callbacks = bean("callbacks", Callbacks.class);
        control = bean("callback-control", CallbackControl.class);
        types = bean("notification-types", NotificationTypes.class);
        slowRetry = settings.duration("callback.slow-retry");
        retryAfter = new RetryAfter(
                settings.duration("callback.retry-after-min"), settings.duration("callback.retry-after-max"));
    }

    static Callback callback(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Callback.class);
    }

    /**
     * Looks up the callback of the destination {@code callback/<partner>/<notification type>} again: it may have been changed, and
     * the grant revoked, since the commit. Sets the variables {@code notificationType}, {@code notificationTypeName} and {@code format}.
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
            case "active" -> exchange.setProperty(PROPERTY, callback);
            case "suspended" -> throw new Suspend("the callback is suspended");
            default -> throw new Cancelled("the callback is " + callback.state());
        }
        if (callback.format() != CallbackFormat.NOTIFICATION && !callback.payloads()) {
            throw new Rejected("the partner may not have payloads", slowRetry);
        }
        exchange.setVariable("notificationType", type);
        exchange.setVariable("notificationTypeName", types.name(type).orElse(null));
        exchange.setVariable("format", callback.format().toString());
    }

    /**
     * Makes the request of the body, with the headers that the partner wants, and signed as Standard Webhooks has it: the id is that
     * of the delivery, and so the same in every attempt; while a secret takes the place of another, both sign.
     */
    public void sign(Exchange exchange) throws WebhookSigningException {
        Callback callback = callback(exchange);
        Message message = exchange.getMessage();
        callback.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_URI, callback.url());
        String id = exchange.getVariable("deliveryId", String.class);
        long now = Instant.now().getEpochSecond();
        String body = message.getBody(String.class);
        List<String> signatures = new ArrayList<>();
        for (String secret : callback.secrets()) {
            signatures.add(new Webhook(secret).sign(id, now, body));
        }
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", now);
        message.setHeader("webhook-signature", String.join(" ", signatures));
        if (exchange.getVariable("generation", 1, Integer.class) > 1) {
            // somebody wants it to be sent again: whoever has the id already may want to know
            message.setHeader("webhook-replay", "true");
        }
        CallbackClient.mustEndBy(Deadline.of(exchange));
    }

    /**
     * Notes the status of the answer in the variable {@code status-code}, for the attempt.
     *
     * @throws Suspend after 410: the partner wants no more, and its callback is suspended
     * @throws Failed after 408, 425, 429 and 5xx: tried again on the schedule, and with 429 and 503 not sooner than the partner says
     * @throws Rejected after anything else that is not 2xx: tried again on the slow part of the schedule
     */
    public void check(Exchange exchange) {
        int status = status(exchange);
        exchange.setVariable("status-code", status);
        if (status >= 200 && status <= 299) {
            return;
        }
        String reason = "the partner answered " + status;
        if (status == GONE) {
            if (control.suspend(callback(exchange))) {
                throw new Suspend(reason);
            }
            // the callback has been put or resumed since this attempt began: it tells nothing of how it is now
            exchange.setVariable("called", false);
            throw new Failed(reason + ", but was changed meanwhile");
        }
        if (WITH_TIME.contains(status)) {
            String header = exchange.getMessage().getHeader("Retry-After", String.class);
            throw new Failed(reason, retryAfter.of(header, Instant.now()).orElse(null));
        }
        if (isTemporary(status)) {
            throw new Failed(reason);
        }
        throw new Rejected(reason, slowRetry);
    }

    /** Whether the same request may be taken later, without anybody changing anything. */
    static boolean isTemporary(int status) {
        return status >= 500 || TEMPORARY.contains(status);
    }

    static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }
}
