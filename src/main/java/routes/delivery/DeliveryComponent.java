package routes.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.StartupListener;
import org.apache.camel.support.DefaultComponent;
import org.jdbi.v3.core.Handle;
import routes.config.ContextService;
import routes.config.Settings;
import routes.registry.NotificationTypes;
import routes.sealing.Payloads;
import routes.store.Database;
import routes.telemetry.Metrics;
import routes.telemetry.Tracing;

/**
 * {@code to("delivery:<destination>")} names a delivery, {@code from("delivery:<destination>")} performs it. Between the
 * two lies the commit: deliveries are rows in the database, claimed with a lease, retried on a schedule, by any instance.
 */
@BindToRegistry("delivery")
public class DeliveryComponent extends DefaultComponent implements StartupListener {

    private final UUID owner = UUID.randomUUID();
    private final Performers performers = new Performers();
    private final AtomicLong heldBytes = new AtomicLong();

    private DeliveryStore store;
    private HeldDeliveries held;
    private ResultWriter results;
    private Sweeper sweeper;

    private int leaseSeconds;
    private int attemptSeconds;
    private int queueSize;
    private long queueBytes;
    private String retrySchedule;
    private int retryJitterPercent;
    private boolean kafka;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DeliveryEndpoint endpoint = new DeliveryEndpoint(uri, this, remaining);
        endpoint.setQueueSize(queueSize);
        endpoint.setAttemptSeconds(attemptSeconds);
        endpoint.setRetrySchedule(retrySchedule);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public void start() {
        if (!ContextService.deferred(getCamelContext(), this)) {
            super.start();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Settings settings = new Settings(getCamelContext());
        leaseSeconds = settings.positive("delivery.lease-seconds");
        attemptSeconds = settings.positive("delivery.attempt-seconds");
        queueSize = settings.positive("delivery.queue-size");
        queueBytes = settings.positiveNumber("delivery.queue-bytes");
        retrySchedule = settings.text("delivery.retry-schedule");
        retryJitterPercent = settings.integer("delivery.retry-jitter-percent");
        kafka = !settings.text("kafka.brokers").isEmpty();
        Database database = ContextService.started(getCamelContext(), "database", Database.class);
        getCamelContext().addStartupListener(this);
        CircuitTable circuits = new CircuitTable(
                database,
                settings.positive("callback.circuit-failures"),
                RetrySchedule.parse(settings.text("callback.circuit-pauses"), retryJitterPercent));
        Payloads payloads = ContextService.started(getCamelContext(), "payloads", Payloads.class);
        store = new DeliveryStore(database, payloads, circuits, owner, lease());
        held = new HeldDeliveries(database);
        int mostResults = 100 * queueSize; // never reached: a place in memory is held until its result is written
        results = new ResultWriter(new ResultTable(database, owner, circuits), metrics(), mostResults);
        sweeper = new Sweeper(
                getCamelContext(), store, held, performers, settings.positive("delivery.sweep-interval-ms"));
    }

    @Override
    protected void doStop() throws Exception {
        if (sweeper != null) {
            sweeper.close();
        }
        if (results != null) {
            results.close();
        }
        super.doStop();
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        performers.check(types());
        sweeper.adoptStrays();
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // the consumers are not started yet
    }

    void named(String destination) {
        performers.named(destination);
    }

    /** With the number of the notification type, by which partners register; routers may name it by its name. */
    String resolved(String destination) {
        if (!Destination.fansOut(destination)) {
            return destination;
        }
        int type = types().number(Destination.name(destination))
                .orElseThrow(() -> new IllegalStateException("there is no notification type for " + destination));
        return Destination.CALLBACK + "/" + type;
    }

    private NotificationTypes types() {
        return ContextService.started(getCamelContext(), "notification-types", NotificationTypes.class);
    }

    /** Whether deliveries to it are made at all: Kafka is off until there are brokers. */
    boolean isOn(String destination) {
        return kafka || !Destination.KAFKA.equals(Destination.kind(destination));
    }

    void started(DeliveryConsumer consumer) {
        performers.started(consumer);
        consumer.wake();
    }

    void stopped(DeliveryConsumer consumer) {
        performers.stopped(consumer);
    }

    Duration lease() {
        return Duration.ofSeconds(leaseSeconds);
    }

    Metrics metrics() {
        return ContextService.started(getCamelContext(), "metrics", Metrics.class);
    }

    Tracing tracing() {
        return ContextService.started(getCamelContext(), "tracing", Tracing.class);
    }

    DeliveryStore store() {
        return store;
    }

    HeldDeliveries held() {
        return held;
    }

    int retryJitterPercent() {
        return retryJitterPercent;
    }

    /**
     * Plans a delivery of a new event, with a place in the memory of this instance if there is one left.
     *
     * @param bytes the size of the payload, which stays in memory with it
     */
    public PlannedDelivery plan(UUID eventId, String destination, long bytes) {
        DeliveryConsumer consumer = performers.of(destination);
        DeliveryConsumer.Place place = consumer == null ? null : consumer.reserve(destination, bytes);
        return planned(eventId, destination, consumer, place);
    }

    private static PlannedDelivery planned(
            UUID eventId, String destination, DeliveryConsumer consumer, DeliveryConsumer.Place place) {
        return new PlannedDelivery(
                UUID.randomUUID(), eventId, destination, Performers.route(consumer, destination), place);
    }

    /** Stores planned deliveries within the transaction of their events. */
    public void insert(Handle handle, List<PlannedDelivery> deliveries) {
        store.insert(handle, deliveries);
    }

    /**
     * Adds those deliveries of a stored event that it does not have yet, within the transaction of the handle; {@link #wake} after it,
     * so that they start.
     *
     * @return how many were missing
     */
    public int add(Handle handle, Origin event, Collection<String> destinations) {
        int added = 0;
        for (String destination : destinations) {
            added += Destination.fansOut(destination)
                    ? fanOut(handle, destination, List.of(event))
                    : store.insert(
                            handle, List.of(planned(event.eventId(), destination, performers.of(destination), null)));
        }
        return added;
    }

    /**
     * Makes deliveries of stored events to the callbacks of all partners that may see them, within the transaction of the events;
     * {@link #wake} after it, so that they start.
     *
     * @param destination {@code callback/<notification type>}
     * @return how many
     */
    public int fanOut(Handle handle, String destination, List<Origin> events) {
        return store.fanOut(handle, Destination.name(destination), Destination.CALLBACK, events);
    }

    /** When a lease that the database starts from now on ends, on the clock of {@link System#nanoTime}. */
    public long leaseEnd() {
        return store.leaseEnd();
    }

    /** Counts payload bytes against the limit of all routes together. */
    boolean hold(long bytes) {
        if (heldBytes.addAndGet(bytes) > queueBytes) {
            heldBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void letGo(long bytes) {
        heldBytes.addAndGet(-bytes);
    }

    /** Writes the result soon; then runs what follows, also when it could not be written. */
    void record(Result result, Runnable then) {
        results.record(result, then);
    }

    /** Whether a route delivers there: to a table, a topic, or a callback of a partner. */
    public boolean performs(String destination) {
        return Destination.isOne(destination) && performers.of(destination) != null;
    }

    /** After a commit of deliveries that have no place here: their routes look for them at once, not only at the next interval. */
    public void wake(Collection<String> destinations) {
        destinations.stream()
                .map(performers::of)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(DeliveryConsumer::wake);
    }

    Sweeper sweeper() {
        return sweeper;
    }
}
