package routes.inbox;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.camel.BindToRegistry;
import org.apache.camel.RuntimeCamelException;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.http.Refused;
import routes.store.Causes;
import routes.store.Database;
import routes.store.SqlStates;

/** What operators ask the inbox, a few at once: reads must not take the connections that commits need. */
@BindToRegistry("reads")
public class Reads extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Semaphore places = new Semaphore(4);

    private Database database;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
    }

    /**
     * Runs reads.
     *
     * @throws Refused 503 when there are too many, when one takes too long, or when the database is away
     */
    <R> R with(HandleCallback<R, RuntimeException> work) {
        return run(() -> database.with(work));
    }

    /** The same for reads that leave a trace. */
    <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
        return run(() -> database.inTransaction(work));
    }

    /** Work with transactions of its own. */
    <R> R run(Supplier<R> work) {
        if (!places.tryAcquire()) {
            throw Refused.unavailable("too many reads at once", 1);
        }
        try {
            return work.get();
        } catch (Exception e) { // Jdbi throws what closing a connection throws as it is
            throw refusal(e);
        } finally {
            places.release();
        }
    }

    /** What to tell whoever asked the database; the failure itself, when that does not know. */
    static RuntimeException refusal(Exception failure) {
        if (SqlStates.tookTooLong(failure)) {
            return Refused.unavailable("the question takes too long; ask for less", 1);
        }
        if (SqlStates.away(failure)) {
            LOG.warn("the database does not answer: {}", Causes.of(failure));
            return Refused.unavailable("the database does not answer", RETRY_AFTER_SECONDS);
        }
        return RuntimeCamelException.wrapRuntimeCamelException(failure);
    }
}
