package routes.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.Refused;
import routes.store.Causes;
import routes.store.Database;

/**
 * Waits for the first attempt of an echo's delivery, which any instance may make: so the database is asked. Whoever waits holds
 * a thread of the server, so only a few may.
 */
@BindToRegistry("echo-attempt")
public class EchoAttempt extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(EchoAttempt.class);
    private static final int LOOK_EVERY_MILLIS = 75;
    private static final int RETRY_AFTER_SECONDS = 1;

    private Database database;
    private Semaphore places;
    private int waitSeconds;

    @Override
    protected void doStart() {
        Settings settings = settings();
        database = bean("database", Database.class);
        places = new Semaphore(settings.positive("callback.echo-max-waiting"));
        waitSeconds = settings.positive("callback.echo-wait-seconds");
    }

    /**
     * Takes a place to wait in, until the exchange is done.
     *
     * @throws Refused 503 when too many wait
     */
    public void reserve(Exchange exchange) {
        if (!places.tryAcquire()) {
            throw Refused.unavailable("too many echoes at once", RETRY_AFTER_SECONDS);
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                places.release();
            }
        });
    }

    /** What came of the first attempt; the variable {@code answerStatus} is 202 when none was made in time. */
    public Map<String, Object> await(Exchange exchange) {
        UUID eventId = exchange.getVariable("eventId", UUID.class);
        String destination =
                "callback/" + exchange.getVariable("partner") + "/" + exchange.getVariable("notificationType");
        boolean parked = Plan.of(exchange).parked();
        Optional<Map<String, Object>> attempt = parked ? Optional.empty() : attempt(eventId, destination);
        exchange.setVariable("answerStatus", attempt.isPresent() ? 200 : 202);
        return attempt.orElseGet(() -> answer(eventId, null, parked ? "parked" : "pending", null, null));
    }

    private Optional<Map<String, Object>> attempt(UUID eventId, String destination) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        try {
            while (System.nanoTime() < end && !getCamelContext().isStopping()) {
                Optional<Map<String, Object>> found = look(eventId, destination);
                if (found.isPresent()) {
                    return found;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // the event is stored and will be delivered: that is an answer too
            LOG.warn("the attempt of an echo cannot be looked up event={}: {}", eventId, Causes.of(e));
        }
        return Optional.empty();
    }

    /** Empty as long as there is nothing to tell. */
    private Optional<Map<String, Object>> look(UUID eventId, String destination) {
        return database.with(handle -> database.query(handle, "echo_attempt")
                .bind("eventId", eventId)
                .bind("destination", destination)
                .map((row, context) -> {
                    String outcome = row.getString("outcome");
                    String state = row.getString("state");
                    return answer(
                            eventId,
                            row.getObject("delivery_id", UUID.class),
                            outcome == null ? state : outcome,
                            row.getObject("status", Integer.class),
                            row.getObject("duration_ms", Long.class));
                })
                .findOne()
                .filter(answer -> !"pending".equals(answer.get("outcome"))));
    }

    private static Map<String, Object> answer(
            UUID eventId, UUID deliveryId, String outcome, Integer status, Long latencyMs) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("eventId", eventId.toString());
        answer.put("deliveryId", deliveryId == null ? null : deliveryId.toString());
        answer.put("outcome", outcome);
        answer.put("status", status);
        answer.put("latencyMs", latencyMs);
        return answer;
    }
}
