package routes.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.CloseException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.http.Refused;
import routes.store.Causes;
import routes.store.Database;
import routes.store.SqlStates;

/** Transactions of the registry's API: a few at once, because the connections are the commits' before all. */
@BindToRegistry("registry-store")
public class RegistryStore extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryStore.class);
    private static final int AT_ONCE = 4;
    private static final int WAIT_SECONDS = 3;
    private static final int TRIES = 3;
    private static final int DETAIL = 2000;
    private static final String MORE = " ...";

    private final Semaphore places = new Semaphore(AT_ONCE);

    private Database database;
    private int retryAfterSeconds;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        retryAfterSeconds = settings().positive("inbox.retry-after-seconds");
    }

    /**
     * Runs a transaction, again when the database breaks it off (a deadlock, a lost connection).
     *
     * @throws Refused 503 when too many ask at once, or the database is away or breaks it off again and again
     */
    <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
        acquire();
        try {
            return again(() -> database.inTransaction(work));
        } finally {
            places.release();
        }
    }

    /** The same for a read that is not of the API, and takes none of its places: whoever calls this sees to it that there are few. */
    <R> R read(HandleCallback<R, RuntimeException> work) {
        return again(() -> database.with(work));
    }

    private <R> R again(Supplier<R> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (ConnectionException e) {
                throw away(e);
            } catch (UnableToExecuteStatementException | TransactionException | CloseException e) {
                if (SqlStates.refusesTheRow(e)) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw away(e);
                }
                LOG.warn("a statement of the registry failed, trying again: {}", Causes.of(e));
            }
        }
    }

    private Refused away(JdbiException e) {
        LOG.warn("the registry is away: {}", Causes.of(e));
        return Refused.unavailable("the database does not answer", retryAfterSeconds);
    }

    private void acquire() {
        try {
            if (places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Refused.unavailable("too many requests to the registry at once", 1);
    }

    Database database() {
        return database;
    }

    /**
     * Writes down who changed what, in the transaction that changes it.
     *
     * @param changes our words and ids: never a URL or a secret
     */
    void audit(Handle handle, String actor, String action, String target, List<String> changes) {
        String detail = changes.isEmpty() ? "nothing changed" : String.join(", ", changes);
        handle.createUpdate(database.sql("audit_insert"))
                .bind("actor", actor)
                .bind("action", action)
                .bind("target", target)
                .bind("detail", cut(detail))
                .execute();
    }

    /** To what the column takes, and not in the middle of a character. */
    private static String cut(String detail) {
        if (detail.length() <= DETAIL) {
            return detail;
        }
        int end = DETAIL - MORE.length();
        return detail.substring(0, Character.isHighSurrogate(detail.charAt(end - 1)) ? end - 1 : end) + MORE;
    }

    /** A time as the API shows it: ISO 8601 in UTC. */
    static String time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
