package routes.inbox;

import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import routes.http.Refused;

/** So many requests of a kind may be at work at once; the place of one is free again when it is answered. */
final class Places {

    private final Semaphore semaphore;
    private final String kind;

    /** @param kind what there may be too many of, as the answer says it */
    Places(int places, String kind) {
        this.semaphore = new Semaphore(places);
        this.kind = kind;
    }

    /** @throws Refused 503 when there is no place */
    void take(Exchange exchange) {
        if (!semaphore.tryAcquire()) {
            throw Refused.unavailable("too many " + kind + " at once", 1);
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                semaphore.release();
            }
        });
    }
}
