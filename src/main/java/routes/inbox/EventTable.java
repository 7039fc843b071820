package routes.inbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import routes.config.ContextService;
import routes.sealing.Payloads;
import routes.store.BoundRows;
import routes.store.Database;

/** The table {@code event}: rows go in once, and what is there under an id tells who came first. */
@BindToRegistry("event-table")
public class EventTable extends ContextService {

    private Database database;
    private Payloads payloads;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        payloads = bean("payloads", Payloads.class);
    }

    Database database() {
        return database;
    }

    /**
     * What the database has under an event's id.
     *
     * @param batchId the batch that stored it
     * @param receivedAt when, by the database's clock
     */
    record Stored(UUID batchId, byte[] bodyHash, OffsetDateTime receivedAt) {

        /** Whether that is the same notification; of one that was erased nobody can tell, and it must not come back. */
        boolean isOf(Event event) {
            return bodyHash.length == 0 || Arrays.equals(bodyHash, event.bodyHash());
        }
    }

    /**
     * Inserts the events that are not there yet.
     *
     * @param batchId of the batch that they belong to
     * @param receivedAt by the database's clock
     * @param sequence the commit sequence of an event
     * @return how many were not there yet
     */
    int insert(
            Handle handle,
            UUID batchId,
            OffsetDateTime receivedAt,
            List<Event> events,
            ToLongFunction<Event> sequence) {
        if (events.isEmpty()) {
            return 0;
        }
        BoundRows<Event> rows = new BoundRows<>(handle.createUpdate(database.sql("event_insert")), events);
        return rows.column("eventId", UUID.class, Event::id)
                .column("commitSequence", Long.class, sequence::applyAsLong)
                .column("sender", String.class, Event::sender)
                .column("type", String.class, Event::type)
                .column("status", String.class, Event::status)
                .column("subject", String.class, Event::subject)
                .column("tenant", String.class, Event::tenant)
                .column("subtenant", String.class, Event::subtenant)
                .column("correlationId", String.class, Event::correlationId)
                .column("state", String.class, event -> event.state().toString())
                .column("reason", String.class, Event::reason)
                .column("occurredAt", OffsetDateTime.class, Event::occurredAtAsKept)
                .column(
                        "eventOrder",
                        String.class,
                        event -> EventOrder.of(event.pending(), event.occurredAt(), sequence.applyAsLong(event)))
                .column("contentType", String.class, Event::contentType)
                .column("test", Boolean.class, Event::test)
                .column("bodyHash", byte[].class, Event::bodyHash)
                .column("traceparent", String.class, Event::traceparent)
                .column("payload", byte[].class, event -> payloads.seal(event.id(), event.payload()))
                .update()
                .bind("payloadKeyId", payloads.keyId())
                .bind("batchId", batchId)
                .bind("receivedAt", receivedAt)
                .execute();
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
