package routes.inbox;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import routes.store.Database;

/**
 * Removes what is older than so many days, in small transactions, each of which takes what no other instance has; never anything of an
 * event that is still to be delivered.
 */
record RetentionTables(Database database) {

    private static final int BATCH = 500;
    private static final Set<String> UNDELIVERED = Set.of("pending", "suspended");
    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private record Found(UUID eventId, OffsetDateTime receivedAt) {}

    /** @param last when the last one of the batch came */
    private record Removed(int count, OffsetDateTime last) {}

    private interface Batch {

        /** Removes some of what came no sooner than that. */
        Removed remove(OffsetDateTime after);
    }

    /** Batch by batch until nothing is left; each goes on where the one before has ended. */
    private static int all(Batch batch) {
        int count = 0;
        Removed removed = batch.remove(BEGINNING);
        while (removed.count > 0) {
            count += removed.count;
            removed = batch.remove(removed.last);
        }
        return count;
    }

    /** Removes rows that nothing hangs on; answers how many. */
    int rows(String statement, int days) {
        return all(after -> new Removed(
                database.inTransaction(handle -> handle.createUpdate(database.sql(statement))
                        .bind("days", days)
                        .bind("limit", BATCH)
                        .execute()),
                after));
    }

    /**
     * Removes payloads; answers how many.
     *
     * @param key what seals them
     * @param unfinishedDays for those of events that may have to be replayed
     */
    int payloads(String key, int days, int unfinishedDays) {
        return all(after -> batch(
                "retention_payloads",
                Map.of("key", key, "after", after, "days", days, "unfinishedDays", unfinishedDays),
                (handle, ids) -> execute(handle, "retention_payload_remove", ids)));
    }

    /** Removes events that have no payload any more, with their deliveries and attempts; answers how many. */
    int events(int days) {
        return all(after -> batch("retention_events", Map.of("after", after, "days", days), (handle, found) -> {
            List<UUID> ids = ended(handle, found);
            execute(handle, "retention_attempts_remove", ids);
            execute(handle, "retention_deliveries_remove", ids);
            return execute(handle, "retention_events_remove", ids);
        }));
    }

    /** Those of which nothing is made again at this moment. */
    private List<UUID> ended(Handle handle, List<UUID> ids) {
        Set<UUID> open = database.query(handle, "retention_deliveries")
                .bindArray("ids", UUID.class, ids)
                .reduceRows(new HashSet<>(), (found, row) -> {
                    if (UNDELIVERED.contains(row.getColumn("state", String.class))) {
                        found.add(row.getColumn("event_id", UUID.class));
                    }
                    return found;
                });
        return ids.stream().filter(id -> !open.contains(id)).toList();
    }

    private Removed batch(String statement, Map<String, ?> parameters, BiFunction<Handle, List<UUID>, Integer> remove) {
        return database.inTransaction(handle -> {
            List<Found> found = database.query(handle, statement)
                    .bindMap(parameters)
                    .bind("limit", BATCH)
                    .map((row, context) -> new Found(
                            row.getObject("event_id", UUID.class), row.getObject("received_at", OffsetDateTime.class)))
                    .list();
            return found.isEmpty()
                    ? new Removed(0, null)
                    : new Removed(
                            remove.apply(
                                    handle, found.stream().map(Found::eventId).toList()),
                            found.get(found.size() - 1).receivedAt);
        });
    }

    private int execute(Handle handle, String statement, List<UUID> ids) {
        return handle.createUpdate(database.sql(statement))
                .bindArray("ids", UUID.class, ids)
                .execute();
    }
}
