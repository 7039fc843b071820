package routes.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.component.micrometer.MicrometerConstants;
import routes.config.ContextService;

/**
 * What is counted and timed, and who is asked for a value. docs/metrics.md lists all. Labels have values out of our own lists only:
 * senders, routes, kinds of destinations, words; never anything that a request or a partner brings.
 */
@BindToRegistry("metrics")
public class Metrics extends ContextService {

    private static final String SENDER = "sender";
    private static final String ROUTE = "route";
    private static final String KIND = "kind";
    private static final String OUTCOME = "outcome";

    /** Times that histograms tell apart, in milliseconds. */
    private static final Duration[] TIMES = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 15_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private MeterRegistry registry;
    private JvmGcMetrics collections;

    /** What Camel's own metrics go to; one that keeps nothing when they are off. */
    @Override
    protected void doStart() {
        registry = new CompositeMeterRegistry();
        if (settings().flag("metrics.enabled")) {
            registry = getCamelContext()
                    .getRegistry()
                    .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
            collections = new JvmGcMetrics();
            collections.bindTo(registry);
        }
    }

    /** It listens to the JVM. Camel would not close it, and in a container that lives on the JVM would keep all our classes. */
    @Override
    protected void doStop() {
        if (collections != null) {
            collections.close();
        }
    }

    /** For libraries that have metrics of their own. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Counts for a sender from nothing: of a count that is not there yet, Prometheus would not see the first step.
     *
     * @param outcomes what {@link #committed} may say
     */
    public void begin(String sender, Collection<String> outcomes) {
        receipts(sender);
        outcomes.forEach(outcome -> commits(sender, outcome));
    }

    /**
     * Counts for a kind of destinations from nothing.
     *
     * @param outcomes what {@link #ended} may say
     */
    public void beginKind(String kind, Collection<String> outcomes) {
        outcomes.forEach(outcome -> ends(kind, outcome));
    }

    /** A notification has reached its sender's route. */
    public void received(String sender) {
        receipts(sender).increment();
    }

    private Counter receipts(String sender) {
        return counter("webhook.received", "Requests that reached the route of a sender", Tags.of(SENDER, sender));
    }

    /** A notification was committed, as: accepted, parked, quarantined, duplicate, conflict, refused (by the database). */
    public void committed(String sender, String outcome) {
        commits(sender, outcome).increment();
    }

    private Counter commits(String sender, String outcome) {
        return counter(
                "webhook.events", "What notifications were committed as", Tags.of(SENDER, sender, OUTCOME, outcome));
    }

    /**
     * A request was refused, or failed.
     *
     * @param route the id of the route that it had reached; {@code edge}: none
     * @param status in our own form, whatever the sender is told
     * @param reason one word for programs, as the answer in our own form has it
     */
    public void refused(String route, int status, String reason) {
        counter(
                        "webhook.refused",
                        "Requests that were refused, or failed",
                        Tags.of(ROUTE, route, "status", Integer.toString(status), "reason", reason))
                .increment();
    }

    /** One commit of the inbox, with so many notifications. */
    public void commit(int notifications, boolean committed, Duration duration) {
        timer("webhook.commit", "Commits of the inbox", Tags.of(OUTCOME, committed ? "committed" : "failed"))
                .record(duration);
        DistributionSummary.builder("webhook.commit.notifications")
                .description("Notifications a commit")
                .serviceLevelObjectives(BATCHES)
                .register(registry)
                .record(notifications);
    }

    /** An attempt to deliver has ended: delivered, failed (there will be another one), dead, suspended, cancelled. */
    public void attempt(String kind, String outcome, Duration duration) {
        timer("webhook.delivery.attempt", "Attempts to deliver", Tags.of(KIND, kind, OUTCOME, outcome))
                .record(duration);
    }

    /** A delivery has ended, and that is written down: delivered, dead, suspended, cancelled. */
    public void ended(String kind, String outcome) {
        ends(kind, outcome).increment();
    }

    private Counter ends(String kind, String outcome) {
        return counter("webhook.deliveries", "Deliveries that have ended", Tags.of(KIND, kind, OUTCOME, outcome));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    /** Something that is asked for its value whenever somebody looks. */
    public <T> Meter gauge(String name, String description, Tags tags, T of, ToDoubleFunction<T> value) {
        return Gauge.builder(name, of, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    public <T> Meter gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        return gauge(name, description, Tags.empty(), of, value);
    }

    public void remove(Collection<Meter> meters) {
        meters.forEach(registry::remove);
    }

    /** What a route delivers to, and its name. */
    public static Tags ofRoute(String kind, String route) {
        return Tags.of(KIND, kind, ROUTE, route);
    }

    public static Tags ofKind(String kind) {
        return Tags.of(KIND, kind);
    }
}
