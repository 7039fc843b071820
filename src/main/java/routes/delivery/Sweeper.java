package routes.delivery;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.store.Causes;

/** The one thread that looks for due deliveries: all routes in turn, at intervals, and a single route when it asks for it. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int ADOPT_EVERY_SECONDS = 60;

    /** So many sweeps. */
    private static final int ARRANGE_AFTER = 5;

    private final CamelContext context;
    private final DeliveryStore store;
    private final HeldDeliveries held;
    private final Performers performers;
    private final ScheduledExecutorService thread;

    Sweeper(CamelContext context, DeliveryStore store, HeldDeliveries held, Performers performers, int intervalMillis) {
        this.context = context;
        this.store = store;
        this.held = held;
        this.performers = performers;
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "delivery-sweep");
        every(intervalMillis, DeliveryConsumer::sweep);
        every(ARRANGE_AFTER * intervalMillis, DeliveryConsumer::arrange);
    }

    private void every(int millis, Consumer<DeliveryConsumer> work) {
        thread.scheduleWithFixedDelay(
                () -> performers.all().forEach(consumer -> guarded(() -> work.accept(consumer))
                        .run()),
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Runs it after so long. */
    void soon(Runnable sweep, long nanos) {
        try {
            thread.schedule(guarded(sweep), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping");
        }
    }

    /**
     * Another instance, or this one while it stopped, may have planned deliveries under a route that is not there; and some may have
     * been set aside at the moment at which their callback was resumed.
     */
    void adoptStrays() {
        Runnable adopt = guarded(() -> {
            store.adopt(destination -> {
                DeliveryConsumer consumer = performers.of(destination);
                return consumer == null ? null : consumer.destination();
            });
            store.adoptSetAside();
            held.adopt(performers::hasRoute);
        });
        thread.scheduleWithFixedDelay(adopt, 0, ADOPT_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Not by an interrupt: in the middle of a read it would close H2's file under everybody else. */
    @Override
    public void close() {
        context.getExecutorServiceManager().shutdownGraceful(thread);
    }

    /** A failure must not end what is scheduled. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("sweep failed: {}", Causes.of(e));
            }
        };
    }
}
