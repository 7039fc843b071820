package routes.inbox;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.delivery.DeliveryComponent;
import routes.delivery.Destination;
import routes.delivery.Notification;
import routes.delivery.Origin;
import routes.delivery.PlannedDelivery;
import routes.inbox.EventTable.Stored;
import routes.inbox.InboxWriter.Outcome;
import routes.store.Causes;
import routes.store.Database;
import routes.store.SqlStates;

/**
 * One transaction for many events and their deliveries. What was stored before is recognised by its primary key: a row read
 * back with the batch's own id is new, any other is a duplicate, or, with another body, a conflict.
 */
final class InboxBatch {

    private static final Logger LOG = LoggerFactory.getLogger(InboxBatch.class);
    private static final int TRIES = 4;
    private static final long PAUSE_MILLIS = 100;

    /** A commit sequence is the number of the commit, and in its last bits the place in the batch. */
    private static final int PLACE_BITS = 20;

    private final Database database;
    private final EventTable table;
    private final DeliveryComponent deliveries;
    private final UUID batchId = UUID.randomUUID();
    private final List<Event> events;

    /** The first event of each id, sorted by it, so that batches of two instances cannot deadlock. */
    private final List<Event> firsts;

    private final Map<UUID, Integer> arrival = new HashMap<>();
    private final Map<UUID, List<PlannedDelivery>> planned = new HashMap<>();
    private final long leaseEnd;
    private long firstSequence;
    private OffsetDateTime receivedAt;
    private Set<String> fannedOut = Set.of();

    InboxBatch(EventTable table, DeliveryComponent deliveries, List<Event> events) {
        this.database = table.database();
        this.table = table;
        this.deliveries = deliveries;
        this.events = events;
        this.leaseEnd = deliveries.leaseEnd();
        Map<UUID, Event> byId = new LinkedHashMap<>();
        for (Event event : events) {
            if (byId.putIfAbsent(event.id(), event) == null) {
                arrival.put(event.id(), arrival.size());
            }
        }
        firsts = byId.values().stream()
                .sorted(Comparator.comparing(event -> event.id().toString()))
                .toList();
    }

    /** A deadlock or a lost connection is tried again under the same batch id, so that a commit that did happen counts. */
    List<Outcome> write() throws InterruptedException {
        firsts.forEach(event -> planned.put(event.id(), plan(event)));
        try {
            return committed(stored());
        } finally {
            planned.values().forEach(list -> list.forEach(PlannedDelivery::cancel));
        }
    }

    private Map<UUID, Stored> stored() throws InterruptedException {
        return retried(() -> database.inTransaction(this::store));
    }

    /** Does it again after a deadlock or a lost connection, a few times. */
    static <R> R retried(Supplier<R> work) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (tries == TRIES || SqlStates.refusesTheRow(e)) {
                    throw e;
                }
                LOG.warn("commit failed, trying again: {}", Causes.of(e));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS * tries);
            }
        }
    }

    private List<PlannedDelivery> plan(Event event) {
        return event.destinations().stream()
                .filter(destination -> !Destination.fansOut(destination))
                .map(destination -> deliveries.plan(event.id(), destination, event.payload().length))
                .toList();
    }

    private Map<UUID, Stored> store(Handle handle) {
        if (firstSequence == 0) { // kept over retries: an earlier try may have stored it
            database.query(handle, "commit_number")
                    .map((row, context) -> {
                        firstSequence = row.getLong("number") << PLACE_BITS;
                        receivedAt = row.getObject("now", OffsetDateTime.class);
                        return firstSequence;
                    })
                    .one();
        }
        int added = table.insert(handle, batchId, receivedAt, firsts, this::sequence);
        List<UUID> ids = firsts.stream().map(Event::id).toList();
        Map<UUID, Stored> stored = added == ids.size() ? asInserted() : table.stored(handle, ids);
        List<Event> conflicts = conflicts(stored);
        table.insert(
                handle,
                batchId,
                receivedAt,
                conflicts,
                event -> firstSequence + firsts.size() + conflicts.indexOf(event));
        deliveries.insert(
                handle,
                firsts.stream()
                        .filter(event -> isNew(stored, event))
                        .flatMap(event -> planned.get(event.id()).stream())
                        .toList());
        fannedOut = fanOut(handle, stored);
        return stored;
    }

    /** What reading back would find: nearly always all are new. */
    private Map<UUID, Stored> asInserted() {
        return firsts.stream()
                .collect(Collectors.toMap(Event::id, event -> new Stored(batchId, event.bodyHash(), receivedAt)));
    }

    /** Callbacks wait in the database for a sweep: nobody knows how many there are of an event. */
    private Set<String> fanOut(Handle handle, Map<UUID, Stored> stored) {
        Map<String, List<Origin>> events = new TreeMap<>();
        firsts.stream().filter(event -> isNew(stored, event)).forEach(event -> event.destinations().stream()
                .filter(Destination::fansOut)
                .forEach(destination -> events.computeIfAbsent(destination, none -> new ArrayList<>())
                        .add(event.origin())));
        events.entrySet().removeIf(entry -> deliveries.fanOut(handle, entry.getKey(), entry.getValue()) == 0);
        return events.keySet();
    }

    /** In the order of arrival, not in that of the ids. */
    private long sequence(Event event) {
        return firstSequence + arrival.get(event.id());
    }

    private boolean isNew(Map<UUID, Stored> stored, Event event) {
        return batchId.equals(stored.get(event.id()).batchId());
    }

    private List<Event> conflicts(Map<UUID, Stored> stored) {
        return events.stream()
                .filter(event -> !stored.get(event.id()).isOf(event))
                .map(event -> event.quarantined(
                        EventId.of(
                                event.sender(), List.of("conflict", event.id().toString(), event.bodyHex())),
                        Event.CONFLICT + "event " + event.id() + " is stored with another body"))
                .sorted(Comparator.comparing(event -> event.id().toString()))
                .toList();
    }

    /** From here on the events are safe: start what has a place here, and tell who waits. */
    private List<Outcome> committed(Map<UUID, Stored> stored) {
        for (Event event : firsts) {
            if (isNew(stored, event)) {
                Notification notification = notification(event, stored.get(event.id()), sequence(event));
                planned.remove(event.id()).forEach(delivery -> delivery.start(notification, leaseEnd));
            }
        }
        deliveries.wake(fannedOut);
        Map<UUID, Boolean> told = new HashMap<>();
        return events.stream()
                .map(event -> {
                    Stored row = stored.get(event.id());
                    if (!row.isOf(event)) {
                        return Outcome.CONFLICT;
                    }
                    boolean first = told.put(event.id(), true) == null;
                    return first && isNew(stored, event) ? Outcome.NEW : Outcome.DUPLICATE;
                })
                .toList();
    }

    private static Notification notification(Event event, Stored stored, long sequence) {
        return new Notification(
                event.id(),
                event.sender(),
                event.type(),
                event.status(),
                event.subject(),
                event.tenant(),
                event.correlationId(),
                event.occurredAtAsKept(),
                stored.receivedAt(),
                EventOrder.of(event.pending(), event.occurredAt(), sequence),
                event.traceparent(),
                event.payload());
    }
}
