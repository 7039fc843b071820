package routes.delivery;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.store.Causes;
import routes.store.Database;
import routes.telemetry.Metrics;

/**
 * What the database tells of deliveries, of all instances together: how many wait and since when, how many are dead, how many circuits are
 * open. It is read from time to time, so that nobody who looks waits for it. While it cannot be read the figures are no numbers, rather
 * than old ones.
 */
@BindToRegistry("delivery-figures")
public class DeliveryFigures extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFigures.class);
    private static final List<String> KINDS = List.of(Destination.TABLE, Destination.KAFKA, Destination.CALLBACK);

    /** Pending ones, but for those that are kept back: their partner is down, or somebody has paused their destination. */
    private static final String WAITING = "pending";

    private static final String HELD = "held";

    /** With a great backlog it takes long to count: no more than one part in so many of the time is spent on it. */
    private static final int SHARE = 20;

    private Database database;
    private volatile Figures figures = Figures.UNKNOWN;
    private long notBefore = System.nanoTime();

    /**
     * Deliveries of one kind in one state.
     *
     * @param lag for how long the oldest of them has waited, in seconds
     */
    private record Figure(double deliveries, double lag) {

        static final Figure NONE = new Figure(0, 0);

        Figure and(Figure other) {
            return new Figure(deliveries + other.deliveries, Math.max(lag, other.lag));
        }
    }

    /** @param deliveries by state, or held, and kind: {@code pending jdbc}; null: nobody knows */
    private record Figures(Map<String, Figure> deliveries, double circuits, double paused) {

        static final Figures UNKNOWN = new Figures(null, Double.NaN, Double.NaN);

        double of(String state, String kind, ToDoubleFunction<Figure> what) {
            return deliveries == null
                    ? Double.NaN
                    : what.applyAsDouble(deliveries.getOrDefault(state + " " + kind, Figure.NONE));
        }
    }

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        Metrics metrics = bean("metrics", Metrics.class);
        for (String kind : KINDS) {
            metrics.beginKind(kind, Result.State.ends());
            for (String state : List.of(WAITING, HELD)) {
                Tags tags = Metrics.ofKind(kind).and("held", HELD.equals(state) ? "yes" : "no");
                metrics.gauge(
                        "webhook.deliveries.waiting",
                        "Deliveries still to be made",
                        tags,
                        this,
                        of -> of.figures.of(state, kind, Figure::deliveries));
                metrics.gauge(
                        "webhook.delivery.lag.seconds",
                        "For how long the oldest of these has waited",
                        tags,
                        this,
                        of -> of.figures.of(state, kind, Figure::lag));
            }
            Tags tags = Metrics.ofKind(kind);
            metrics.gauge(
                    "webhook.deliveries.dead",
                    "Deliveries given up, to be replayed",
                    tags,
                    this,
                    of -> of.figures.of("dead", kind, Figure::deliveries));
            metrics.gauge(
                    "webhook.deliveries.suspended",
                    "Deliveries set aside: their callback is suspended",
                    tags,
                    this,
                    of -> of.figures.of("suspended", kind, Figure::deliveries));
        }
        metrics.gauge("webhook.circuits.open", "Partners left alone for now", this, of -> of.figures.circuits);
        metrics.gauge("webhook.destinations.paused", "Destinations that are paused", this, of -> of.figures.paused);
    }

    /** The same for people, by kind; empty: nobody knows. */
    public Map<String, Object> details() {
        Map<String, Object> details = new TreeMap<>();
        Figures now = figures;
        if (now.deliveries != null) {
            for (String kind : KINDS) {
                details.put(kind + ".waiting", (long) now.of(WAITING, kind, Figure::deliveries));
                details.put(kind + ".lag-seconds", (long) now.of(WAITING, kind, Figure::lag));
                details.put(kind + ".held", (long) now.of(HELD, kind, Figure::deliveries));
                details.put(kind + ".dead", (long) now.of("dead", kind, Figure::deliveries));
            }
            details.put("circuits-open", (long) now.circuits);
            details.put("destinations-paused", (long) now.paused);
        }
        return details;
    }

    /** Reads the figures anew, unless the last time took long and is not long ago. */
    public void read() {
        long start = System.nanoTime();
        if (start - notBefore < 0) {
            return;
        }
        try {
            figures = database.with(this::read);
            notBefore = start + SHARE * (System.nanoTime() - start);
        } catch (RuntimeException e) { // the next time is soon: it may be back by then
            figures = Figures.UNKNOWN;
            LOG.warn("figures of the deliveries not read: {}", Causes.of(e));
        }
    }

    private Figures read(Handle handle) {
        Map<String, Figure> deliveries = database.query(handle, "delivery_figures")
                .reduceRows(new HashMap<>(), (found, row) -> {
                    OffsetDateTime oldest = row.getColumn("oldest", OffsetDateTime.class);
                    Duration lag = Duration.between(oldest, row.getColumn("now", OffsetDateTime.class));
                    found.merge(
                            key(row.getColumn("state", String.class), row.getColumn("route", String.class)),
                            new Figure(row.getColumn("deliveries", Long.class), Math.max(0, lag.toMillis() / 1000.0)),
                            Figure::and);
                    return found;
                });
        return database.query(handle, "delivery_figures_held")
                .map((row, context) -> new Figures(deliveries, row.getInt("circuits"), row.getInt("paused")))
                .one();
    }

    private static String key(String state, String route) {
        String performer = HeldDeliveries.performer(route);
        return (performer.equals(route) ? state : HELD) + " " + Destination.kind(performer);
    }
}
