package routes.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.delivery.DeliveryComponent;
import routes.store.Causes;
import routes.store.SqlStates;
import routes.telemetry.Metrics;

/** Stores batches of events; when the database refuses a row of a batch, the others must not suffer for it. */
final class InboxWriter {

    /** What the commit found. */
    enum Outcome {
        NEW,
        DUPLICATE,
        /** the key of an event that is stored with another body; kept as quarantined */
        CONFLICT,
        /** the database refused the row; its bytes are kept as quarantined */
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(InboxWriter.class);

    private final EventTable table;
    private final DeliveryComponent deliveries;
    private final Metrics metrics;

    InboxWriter(EventTable table, DeliveryComponent deliveries, Metrics metrics) {
        this.table = table;
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    /**
     * What was committed of an event.
     *
     * @param id under which it is stored: that of the first one, when it came before
     */
    record Committed(UUID id, Outcome outcome) {

        /** The state of a new event, or else what it was found to be. */
        String word(Event event) {
            return outcome == Outcome.NEW ? event.state().toString() : outcome.toString();
        }

        /** All that {@link #word} may be. */
        static List<String> words() {
            return Stream.<Object>concat(
                            Stream.of(Event.State.values()),
                            Stream.of(Outcome.values()).filter(outcome -> outcome != Outcome.NEW))
                    .map(Object::toString)
                    .toList();
        }
    }

    /** One result an event, in their order; throws when the database cannot be written to. */
    List<Committed> write(List<Event> events) throws InterruptedException {
        long start = System.nanoTime();
        boolean committed = false;
        try {
            List<Committed> written = written(events);
            committed = true;
            for (int i = 0; i < written.size(); i++) { // also those whose requests have given up meanwhile
                metrics.committed(events.get(i).sender(), written.get(i).word(events.get(i)));
            }
            return written;
        } finally {
            metrics.commit(events.size(), committed, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private List<Committed> written(List<Event> events) throws InterruptedException {
        List<Event> settled = settled(events);
        List<Outcome> outcomes = outcomes(settled);
        return IntStream.range(0, settled.size())
                .mapToObj(i -> new Committed(settled.get(i).id(), outcomes.get(i)))
                .toList();
    }

    private List<Event> settled(List<Event> events) throws InterruptedException {
        List<UUID> neighbours = events.stream()
                .flatMap(event -> event.identity().neighbours().stream())
                .toList();
        return neighbours.isEmpty()
                ? events
                : Identity.settled(events, InboxBatch.retried(() -> table.database()
                        .with(handle -> table.ages(handle, neighbours))));
    }

    private List<Outcome> outcomes(List<Event> events) throws InterruptedException {
        try {
            return new InboxBatch(table, deliveries, events).write();
        } catch (RuntimeException e) {
            if (!SqlStates.refusesTheRow(e)) {
                throw e;
            }
            LOG.warn(
                    "the database refuses a row of a batch of {}, storing them one by one: {}",
                    events.size(),
                    Causes.of(e));
            List<Outcome> outcomes = new ArrayList<>();
            for (Event event : events) {
                outcomes.add(writeAlone(event));
            }
            return outcomes;
        }
    }

    private Outcome writeAlone(Event event) throws InterruptedException {
        try {
            return new InboxBatch(table, deliveries, List.of(event)).write().get(0);
        } catch (RuntimeException e) {
            if (!SqlStates.refusesTheRow(e)) {
                throw e;
            }
            LOG.warn("refused by the database, kept as quarantined event={}: {}", event.id(), Causes.of(e));
            new InboxBatch(table, deliveries, List.of(event.bare(Event.REFUSED + Causes.of(e)))).write();
            return Outcome.REFUSED;
        }
    }
}
