package routes.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.store.Causes;

/**
 * Claims that were not attempted, on their way back to the database: those of a short while in one transaction, which no worker waits
 * for. With one each, a backlog would be given back so slowly that whatever is behind it is too late as well.
 */
final class Unstarted {

    private static final Logger LOG = LoggerFactory.getLogger(Unstarted.class);
    private static final long BREAK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DeliveryComponent component;
    private final ConcurrentLinkedQueue<Claim> claims = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();

    Unstarted(DeliveryComponent component) {
        this.component = component;
    }

    void add(Claim claim) {
        claims.add(claim);
    }

    void giveBackSoon() {
        if (due.compareAndSet(false, true)) {
            component
                    .sweeper()
                    .soon(
                            () -> {
                                due.set(false);
                                giveBack();
                            },
                            BREAK_NANOS);
        }
    }

    void giveBack() {
        List<Claim> taken = new ArrayList<>();
        for (Claim claim = claims.poll(); claim != null; claim = claims.poll()) {
            taken.add(claim);
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            component.store().release(taken);
        } catch (RuntimeException e) {
            LOG.warn("deliveries not given back, their leases will run out: {}", Causes.of(e));
        }
    }
}
