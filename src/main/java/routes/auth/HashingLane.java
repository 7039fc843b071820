package routes.auth;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import routes.http.Refused;

/** A hash keeps a core busy for a good part of a second: only a few are made at once, and only some more may wait for that. */
final class HashingLane {

    private final Semaphore hashing;
    private final Semaphore waiting;

    /**
     * @param atOnce hashes that are made at once
     * @param most requests that are here at once: whoever waits holds a thread that webhooks want
     */
    HashingLane(int atOnce, int most) {
        hashing = new Semaphore(atOnce);
        waiting = new Semaphore(most);
    }

    /** @throws Refused 503 when too many are here */
    <R> R run(Supplier<R> work) {
        if (!waiting.tryAcquire()) {
            throw Refused.unavailable("too many token requests at once", 1);
        }
        try {
            hashing.acquire();
            try {
                return work.get();
            } finally {
                hashing.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", 1);
        } finally {
            waiting.release();
        }
    }
}
