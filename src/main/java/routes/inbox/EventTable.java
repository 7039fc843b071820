package routes.inbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import routes.store.Database;

/** The table {@code event}: rows go in once, and what is there under an id tells who came first. */
record EventTable(Database database) {

    /**
     * What the database has under an event's id.
     *
     * @param batchId the batch that stored it
     * @param receivedAt when, by the database's clock
     */
    record Stored(UUID batchId, byte[] bodyHash, OffsetDateTime receivedAt) {}

    /**
     * Inserts the events that are not there yet.
     *
     * @param batchId of the batch that they belong to
     * @param sequence the commit sequence of an event
     */
    void insert(Handle handle, UUID batchId, List<Event> events, ToLongFunction<Event> sequence) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(database.sql("event_insert"));
        for (Event event : events) {
            long number = sequence.applyAsLong(event);
            batch.bind("eventId", event.id())
                    .bind("commitSequence", number)
                    .bind("batchId", batchId)
                    .bind("sender", event.sender())
                    .bind("type", event.type())
                    .bind("status", event.status())
                    .bind("subject", event.subject())
                    .bind("tenant", event.tenant())
                    .bind("subtenant", event.subtenant())
                    .bind("correlationId", event.correlationId())
                    .bind("state", event.state().toString())
                    .bind("reason", event.reason())
                    .bind("occurredAt", event.occurredAt())
                    .bind("eventOrder", EventOrder.of(event.pending(), event.occurredAt(), number))
                    .bind("contentType", event.contentType())
                    .bind("test", event.test())
                    .bind("bodyHash", event.bodyHash())
                    .bind("payload", event.payload())
                    .add();
        }
        batch.execute();
    }

    /** How long ago what is stored under these ids has come; by the database's clock. */
    Map<UUID, Duration> ages(Handle handle, Collection<UUID> ids) {
        return database.query(handle, "event_ages")
                .bindArray("ids", UUID.class, ids)
                .reduceRows(new HashMap<>(), (ages, row) -> {
                    ages.put(
                            row.getColumn("event_id", UUID.class),
                            Duration.between(
                                    row.getColumn("received_at", OffsetDateTime.class),
                                    row.getColumn("now", OffsetDateTime.class)));
                    return ages;
                });
    }

    /** What is stored under these ids. */
    Map<UUID, Stored> stored(Handle handle, Collection<UUID> ids) {
        return database.query(handle, "event_read_back")
                .bindArray("ids", UUID.class, ids)
                .reduceRows(new HashMap<>(), (stored, row) -> {
                    stored.put(
                            row.getColumn("event_id", UUID.class),
                            new Stored(
                                    row.getColumn("batch_id", UUID.class),
                                    row.getColumn("body_hash", byte[].class),
                                    row.getColumn("received_at", OffsetDateTime.class)));
                    return stored;
                });
    }
}
