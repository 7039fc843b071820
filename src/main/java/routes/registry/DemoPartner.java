package routes.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import routes.auth.PartnerId;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.Refused;
import routes.http.Request;

/** The partner of the demo settings: registered like any other at the start, it verifies what it is sent, and shows it. */
@BindToRegistry("demo-partner")
public class DemoPartner extends ContextService {

    private static final String ACTOR = "demo settings";
    private static final int TYPE = 1;
    private static final int KEPT = 20;
    private static final List<String> SENDERS =
            List.of("coverage-discovery", "optum-connections", "develop-health", "accessrc");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Map<String, Object>> received = new ArrayDeque<>();
    private Callbacks callbacks;
    private String id;

    @Override
    protected void doStart() {
        Settings settings = settings();
        id = PartnerId.normal(settings.text("demo.partner"));
        if (!settings.flag("demo.enabled") || id.isEmpty()) {
            return;
        }
        Partners partners = bean("partners", Partners.class);
        callbacks = bean("callbacks", Callbacks.class);
        TreeSet<Grant> all =
                SENDERS.stream().map(sender -> new Grant(sender, "*")).collect(Collectors.toCollection(TreeSet::new));
        partners.save(ACTOR, id, new PartnerBody("Demo partner", true, all));
        String url = "http://127.0.0.1:" + settings.integer("http.port") + "/demo/partner";
        callbacks.save(ACTOR, id, TYPE, CallbackBody.of(url));
    }

    /**
     * Takes a notification, as any partner's server does.
     *
     * @throws Refused 401 when the signature is not that of the body, or is too old
     */
    public void receive(Exchange exchange, @Body byte[] body) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        Request request = Request.of(exchange);
        Map<String, List<String>> headers = Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
                .collect(Collectors.toMap(Function.identity(), request::headers));
        if (!isVerified(text, headers)) {
            throw new Refused(401, "invalid_signature", "the signature is not valid");
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("webhookId", headers.get("webhook-id").get(0));
        entry.put("receivedAt", Instant.now().toString());
        entry.put("signature", "valid");
        entry.put("notification", JSON.readTree(text));
        keep(entry);
    }

    /** With the callback's secret of now: somebody may have deleted it and put it again. */
    private boolean isVerified(String text, Map<String, List<String>> headers) {
        Optional<Callbacks.Callback> callback = callbacks.find(id, TYPE, Grant.PARTNER_API, id);
        if (callback.isEmpty()) {
            return false;
        }
        try {
            new Webhook(callback.get().secrets().get(0)).verify(text, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private synchronized void keep(Map<String, Object> entry) {
        received.addFirst(entry);
        while (received.size() > KEPT) {
            received.removeLast();
        }
    }

    /** The newest first. */
    public synchronized List<Map<String, Object>> received() {
        return List.copyOf(received);
    }
}
