package routes.inbox;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.delivery.DeliveryComponent;
import routes.store.Causes;
import routes.store.Database;
import routes.store.SqlStates;

/** Stores batches of events; when the database refuses a row of a batch, the others must not suffer for it. */
final class InboxWriter {

    /** What the commit found. */
    enum Outcome {
        NEW,
        DUPLICATE,
        /** the key of an event that is stored with another body; kept as quarantined */
        CONFLICT,
        /** the database refused the row; its bytes are kept as quarantined */
        REFUSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(InboxWriter.class);

    private final Database database;
    private final DeliveryComponent deliveries;

    InboxWriter(Database database, DeliveryComponent deliveries) {
        this.database = database;
        this.deliveries = deliveries;
    }

    /** One outcome an event, in their order; throws when the database cannot be written to. */
    List<Outcome> write(List<Event> events) throws InterruptedException {
        try {
            return new InboxBatch(database, deliveries, events).write();
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
            return new InboxBatch(database, deliveries, List.of(event)).write().get(0);
        } catch (RuntimeException e) {
            if (!SqlStates.refusesTheRow(e)) {
                throw e;
            }
            LOG.warn("refused by the database, kept as quarantined event={}: {}", event.id(), Causes.of(e));
            new InboxBatch(database, deliveries, List.of(event.bare(Event.REFUSED + Causes.of(e)))).write();
            return Outcome.REFUSED;
        }
    }
}
