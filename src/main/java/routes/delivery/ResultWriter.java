package routes.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.store.Batcher;
import routes.store.Causes;
import routes.store.SqlStates;
import routes.telemetry.Metrics;

/** Writes results of attempts in batches. What cannot be written is dropped: its lease runs out, and it is attempted again. */
final class ResultWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
    private static final int BATCH = 256;
    private static final int TRIES = 10;

    private final ResultTable table;
    private final Metrics metrics;
    private final Batcher<Result, Boolean> results;

    /** @param capacity results that may wait */
    ResultWriter(ResultTable table, Metrics metrics, int capacity) {
        this.table = table;
        this.metrics = metrics;
        results = new Batcher<>(
                "delivery-results",
                new Batcher.Limits(BATCH, Long.MAX_VALUE, capacity, Long.MAX_VALUE),
                result -> 0,
                this::write);
    }

    /** Writes the result with the next batch; then runs what follows, also when it could not be written. */
    void record(Result result, Runnable then) {
        try {
            results.submit(result).whenComplete((written, failure) -> then.run());
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "result dropped, the lease will run out delivery={}",
                    result.claim().deliveryId());
            then.run();
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        results.close();
    }

    private List<Boolean> write(List<Result> batch) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                table.write(batch);
                count(batch);
                return Collections.nCopies(batch.size(), true);
            } catch (RuntimeException e) {
                if (SqlStates.refusesTheRow(e) && batch.size() > 1) {
                    return writeAlone(batch);
                }
                if (tries == TRIES || SqlStates.refusesTheRow(e)) {
                    throw e;
                }
                LOG.warn("results not written, trying again: {}", Causes.of(e));
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private void count(List<Result> written) {
        written.stream()
                .filter(result -> result.pause() == null)
                .forEach(result -> metrics.ended(Destination.kind(result.claim().destination()), result.outcome()));
    }

    /** A result that the database refuses must not take those of others with it. */
    private List<Boolean> writeAlone(List<Result> batch) throws InterruptedException {
        List<Boolean> written = new ArrayList<>();
        for (Result result : batch) {
            try {
                written.addAll(write(List.of(result)));
            } catch (RuntimeException e) {
                if (!SqlStates.refusesTheRow(e)) {
                    throw e;
                }
                LOG.warn("result refused delivery={}: {}", result.claim().deliveryId(), Causes.of(e));
                written.add(false);
            }
        }
        return written;
    }
}
