package routes.auth;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import routes.http.Refused;

/** Work that is costly, or may hang: only a little of it is done at once, and only some more may wait for that. */
final class Lane {

    private final Semaphore working;
    private final Semaphore here;
    private final Duration wait;

    /**
     * @param atOnce how much is done at once
     * @param most requests that are here at once: whoever waits holds a thread that webhooks want
     * @param wait how long they wait at the most
     */
    Lane(int atOnce, int most, Duration wait) {
        this.working = new Semaphore(atOnce);
        this.here = new Semaphore(most);
        this.wait = wait;
    }

    /** @throws Refused 503 when too many are here, or it takes too long */
    <R> R run(Supplier<R> work) {
        if (!here.tryAcquire()) {
            throw busy();
        }
        try {
            if (!working.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                working.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", 1);
        } finally {
            here.release();
        }
    }

    private static Refused busy() {
        return Refused.unavailable("too many token requests at once", 1);
    }
}
