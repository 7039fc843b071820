package routes.delivery;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import routes.telemetry.Metrics;

/** What of a route's workers and places is in use, from its start to its stop. */
final class ConsumerGauges implements AutoCloseable {

    private final AtomicInteger running = new AtomicInteger();
    private final Metrics metrics;
    private final List<Meter> gauges;

    /**
     * @param route as rows name it
     * @param inMemory how many deliveries are
     */
    ConsumerGauges(Metrics metrics, String route, int workers, IntSupplier inMemory) {
        this.metrics = metrics;
        Tags tags = Metrics.ofRoute(Destination.kind(route), route);
        gauges = List.of(
                metrics.gauge(
                        "webhook.delivery.workers",
                        "Attempts that may run at once",
                        tags,
                        workers,
                        Integer::doubleValue),
                metrics.gauge("webhook.deliveries.in.flight", "Attempts that run", tags, running, AtomicInteger::get),
                metrics.gauge(
                        "webhook.deliveries.in.memory",
                        "Deliveries that this instance has claimed",
                        tags,
                        inMemory,
                        IntSupplier::getAsInt));
    }

    /** Makes an attempt, which is in flight as long as it takes. */
    Result counted(Supplier<Result> attempt) {
        running.incrementAndGet();
        try {
            return attempt.get();
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void close() {
        metrics.remove(gauges);
    }
}
