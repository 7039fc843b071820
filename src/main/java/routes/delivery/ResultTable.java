package routes.delivery;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import routes.store.BoundRows;
import routes.store.Database;

/**
 * What attempts came to, in the tables {@code delivery} and {@code delivery_attempt}.
 *
 * @param owner a random id of this process
 */
record ResultTable(Database database, UUID owner, CircuitTable circuits) {

    /** Writes the results that still count: a result under an older claim than the row's changes nothing but is kept. */
    void write(List<Result> results) {
        database.inTransaction(handle -> {
            delivered(handle, results);
            others(handle, results);
            attempts(handle, results);
            circuits.record(handle, results);
            return null;
        });
    }

    /** Nearly all results say the same, mostly of first claims: one statement for all of these. */
    private void delivered(Handle handle, List<Result> results) {
        results.stream()
                .filter(ResultTable::isDelivered)
                .collect(Collectors.groupingBy(result -> result.claim().number(), TreeMap::new, Collectors.toList()))
                .forEach((claimNumber, same) -> handle.createUpdate(database.sql("delivery_delivered"))
                        .bindArray(
                                "ids",
                                UUID.class,
                                same.stream()
                                        .map(result -> result.claim().deliveryId())
                                        .toList())
                        .bind("owner", owner)
                        .bind("claimNumber", claimNumber)
                        .execute());
    }

    private static boolean isDelivered(Result result) {
        return result.state() == Result.State.DELIVERED;
    }

    private void others(Handle handle, List<Result> results) {
        PreparedBatch rows = handle.prepareBatch(database.sql("delivery_result"));
        results.stream().filter(result -> !isDelivered(result)).forEach(result -> rows.bind(
                        "deliveryId", result.claim().deliveryId())
                .bind("owner", owner)
                .bind("claimNumber", result.claim().number())
                .bind("state", result.state().toString())
                .bind("finished", result.pause() == null)
                .bind(
                        "pauseMillis",
                        result.pause() == null ? 0L : result.pause().toMillis())
                .bind("reason", result.reason())
                .add());
        if (rows.size() > 0) {
            rows.execute();
        }
    }

    private void attempts(Handle handle, List<Result> results) {
        new BoundRows<>(handle.createUpdate(database.sql("delivery_attempt_insert")), results)
                .column("deliveryId", UUID.class, result -> result.claim().deliveryId())
                .column("claimNumber", Long.class, result -> result.claim().number())
                .column("generation", Integer.class, result -> result.claim().generation())
                .column("startedAt", OffsetDateTime.class, Result::startedAt)
                .column("durationMs", Long.class, result -> result.duration().toMillis())
                .column("outcome", String.class, Result::outcome)
                .column("status", Integer.class, Result::status)
                .column("reason", String.class, Result::reason)
                .update()
                .execute();
    }
}
