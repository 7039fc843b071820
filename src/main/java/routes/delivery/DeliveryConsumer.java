package routes.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.ThreadPoolBuilder;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.store.Causes;

/** Runs the claimed deliveries of one route on the route's own threads: a slow destination holds up no other route. */
public class DeliveryConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryConsumer.class);
    private static final int MAX_CLAIMS = 256;
    /** For each delivery of a lane that may run, so many may be in memory: a busy lane is not fetched piece by piece. */
    private static final int AHEAD = 4;

    /** But no more of a lane than this part of all places, or few lanes that hang would take them all. */
    private static final int SHARE = 16;

    private static final long BREAK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DeliveryComponent component;
    private final String destination;
    private final Duration attemptTime;
    private final int capacity;
    private final Attempt attempt;

    /** One permit for each delivery that may be in memory, from its claim until its result is written. */
    private final Semaphore places;

    private final Lanes lanes;

    private final Unstarted unstarted;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile long swept;
    private volatile boolean more;

    /** As of the last sweep. */
    private volatile Holds holds = Holds.NONE;

    private volatile boolean closing;
    private ConsumerGauges gauges;
    private ExecutorService workers;
    private Turns turns;

    DeliveryConsumer(DeliveryEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        component = endpoint.getComponent();
        unstarted = new Unstarted(component);
        destination = endpoint.getDestination();
        attemptTime = Duration.ofSeconds(endpoint.getAttemptSeconds());
        capacity = endpoint.getQueueSize();
        lanes = new Lanes(inMemory(endpoint.getPerLane(), capacity));
        places = new Semaphore(capacity);
        attempt = new Attempt(
                this,
                RetrySchedule.parse(endpoint.getRetrySchedule(), component.retryJitterPercent()),
                component.metrics(),
                component.tracing());
    }

    /** How many of a lane may be in memory, where so many of it may run. */
    private static int inMemory(int perLane, int capacity) {
        return perLane == Integer.MAX_VALUE ? perLane : Math.max(perLane, Math.min(AHEAD * perLane, capacity / SHARE));
    }

    @Override
    public DeliveryEndpoint getEndpoint() {
        return (DeliveryEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (component.lease().compareTo(attemptTime) <= 0) {
            throw new IllegalStateException(
                    "delivery.lease-seconds must be more than the attemptSeconds of " + destination);
        }
        closing = false;
        int threads = getEndpoint().getWorkers();
        workers = new ThreadPoolBuilder(getEndpoint().getCamelContext())
                .poolSize(threads)
                .maxPoolSize(threads)
                .maxQueueSize(capacity) // one place each: never full, so that no other thread has to run an attempt
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                .build(this, destination);
        turns = new Turns(getEndpoint().getPerLane(), workers);
        gauges = new ConsumerGauges(
                component.metrics(), destination, threads, () -> capacity - places.availablePermits());
        component.started(this);
    }

    /** Attempts that run are finished; those that wait are given back to the database. */
    @Override
    protected void doStop() throws Exception {
        closing = true;
        component.stopped(this);
        if (workers != null) {
            workers.shutdown();
            turns.refuseWaiting();
            if (!workers.awaitTermination(attemptTime.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("an attempt of {} takes too long; its lease will run out", destination);
            }
            unstarted.giveBack();
            gauges.close();
        }
        super.doStop();
    }

    /** What it performs: one destination, or all of a kind. */
    String destination() {
        return destination;
    }

    Duration attemptTime() {
        return attemptTime;
    }

    /** Whether this route performs deliveries to that destination. */
    boolean performs(String other) {
        return other.equals(destination) || other.startsWith(destination + "/");
    }

    /** A place for a delivery of an event that is about to be committed; null when there is none. */
    Place reserve(String to, long bytes) {
        String lane = Destination.lane(to);
        if (closing || lanes.isFull(lane) || holds.keepBack(lane, to) || !component.hold(bytes)) {
            more = true;
            return null;
        }
        if (!places.tryAcquire()) {
            component.letGo(bytes);
            more = true;
            return null;
        }
        return new Place(lane, bytes);
    }

    /** Sweeps soon, at once if the last time was some time ago: calls that come meanwhile are one. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            long sinceLast = System.nanoTime() - swept;
            component
                    .sweeper()
                    .soon(
                            () -> {
                                woken.set(false);
                                sweep();
                            },
                            Math.max(0, BREAK_NANOS - sinceLast));
        }
    }

    /** Claims what is due, as far as there are places. */
    void sweep() {
        swept = System.nanoTime();
        // half of the places at the most: events that are accepted meanwhile want theirs at once
        int limit = Math.min((places.availablePermits() + 1) / 2, MAX_CLAIMS);
        if (closing || limit == 0 || !places.tryAcquire(limit)) {
            return;
        }
        List<Claim> claims = List.of();
        Lanes.Choice choice;
        try {
            holds = component.store().holds();
            choice = lanes.choose(limit, holds);
            claims = component.store().claim(destination, choice);
        } finally {
            places.release(limit - claims.size());
        }
        if (claims.size() == limit) {
            more = true;
        }
        start(claims);
        if (lanes.remember(choice)) {
            wake();
        }
    }

    /** Puts away what is kept back, and takes up again what is not any more. */
    void arrange() {
        component.held().arrange(destination, component.store().holds());
    }

    private void start(List<Claim> claims) {
        Map<UUID, Notification> known = known(claims);
        for (Claim claim : claims) {
            new Place(claim.lane(), 0).start(claim, known.get(claim.eventId()));
        }
    }

    /** Events without payload are small enough to be read for all claims at once; what is missing is read when its turn comes. */
    private Map<UUID, Notification> known(List<Claim> claims) {
        if (getEndpoint().isPayload() || claims.isEmpty()) {
            return Map.of();
        }
        try {
            return component.store().events(claims.stream().map(Claim::eventId).toList(), false);
        } catch (RuntimeException e) { // they are claimed, and have their places
            LOG.warn("events of {} claims not read, each is read by itself: {}", claims.size(), Causes.of(e));
            return Map.of();
        }
    }

    private void run(Claim claim, Notification known, Place place) {
        boolean keptBack = !claim.probe() && holds.keepBack(claim.lane(), claim.destination());
        // too late for an attempt within the lease: whoever claims it anew has a whole one
        if (closing || keptBack || !claim.hasTimeFor(attemptTime)) {
            unstarted.add(claim);
            place.free();
            if (!closing) {
                unstarted.giveBackSoon();
            }
            return;
        }
        try {
            Optional<Notification> event = known == null
                    ? component.store().event(claim.eventId(), getEndpoint().isPayload())
                    : Optional.of(known);
            component.record(gauges.counted(() -> attempt.make(claim, event)), place::free);
        } catch (Throwable e) { // also an Error: the place must be given back
            LOG.warn("attempt not made, its lease will run out delivery={}: {}", claim.deliveryId(), Causes.of(e));
            place.free();
        }
    }

    /** An exchange for one attempt, and the end of it. */
    Exchange begin() throws Exception {
        Exchange exchange = createExchange(false);
        createUoW(exchange);
        return exchange;
    }

    /** After an Error the route still counts the exchange as in flight, and a stop would wait for it. */
    void countOut(Exchange exchange) {
        getEndpoint().getCamelContext().getInflightRepository().remove(exchange, getRouteId());
    }

    void end(Exchange exchange) {
        doneUoW(exchange);
        releaseExchange(exchange, false);
    }

    /** Room for one delivery in the memory of this instance. */
    final class Place {

        private final String lane;
        private final long bytes;

        private Place(String lane, long bytes) {
            this.lane = lane;
            this.bytes = bytes;
            lanes.take(lane);
        }

        void start(Claim claim, Notification notification) {
            turns.run(lane, () -> DeliveryConsumer.this.run(claim, notification, this), () -> giveBackLater(claim));
        }

        private void giveBackLater(Claim claim) {
            unstarted.add(claim);
            free();
            if (workers.isTerminated()) {
                unstarted.giveBack();
            }
        }

        void free() {
            component.letGo(bytes);
            boolean room = lanes.free(lane);
            places.release();
            if (room || more && places.availablePermits() >= capacity / 2) {
                more = false;
                wake();
            }
        }
    }
}
