package routes.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import routes.config.ContextService;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.store.Database;

/** The replay of all events that a filter finds: first how many there are, then so many at a time. */
@BindToRegistry("replays")
public class Replays extends ContextService {

    private static final Set<String> FIELDS = Set.of("filter", "preview", "limit", "rate", "cursor");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_RATE = 1000;
    private static final String RUN = "replayRun";
    private static final String MATCHING = "matching";

    /** A run reads and writes for seconds: a few at once, and {@link Replay} has places left for single events. */
    private final Places places = new Places(2, "replays");

    private Reads reads;
    private Database database;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
    }

    /**
     * Begins what the request asks for.
     *
     * @return the ids of the events to be replayed, the oldest first; none for a preview
     * @throws Refused 400 when the request is not as it must be, 503 for too many at once
     */
    public List<UUID> open(Exchange exchange) {
        JsonFields fields = JsonFields.of(exchange, FIELDS);
        Filter filter = Filter.of(Filter.Of.EVENTS, fields.texts("filter", Filter.Of.EVENTS.names()));
        if (filter.isEmpty()) {
            throw Refused.badRequest("filter must have at least one field: without any, it would be every event");
        }
        boolean preview = fields.flag("preview", true);
        int limit = fields.number("limit", DEFAULT_LIMIT, MAX_LIMIT);
        int rate = fields.number("rate", MAX_RATE, MAX_RATE);
        long cursor = cursor(fields);
        if (preview) {
            exchange.setVariable(MATCHING, matching(filter, cursor));
            return List.of();
        }
        places.take(exchange);
        ReplayRun run = reads.with(handle -> filter.select(
                handle,
                database.sql("events_oldest"),
                Map.of("cursor", cursor, "limit", limit + 1),
                query -> query.reduceRows(new ReplayRun(limit, rate), ReplayRun::add)));
        exchange.setVariable(RUN, run);
        return run.ids();
    }

    private long matching(Filter filter, long cursor) {
        return reads.with(handle -> filter.select(
                handle, database.sql("events_count"), Map.of("cursor", cursor), query -> query.mapTo(Long.class)
                        .one()));
    }

    private static long cursor(JsonFields fields) {
        String cursor = fields.text("cursor").orElse("0");
        if (!cursor.matches("\\d{1,18}")) {
            throw Refused.badRequest("cursor must be what next was in the answer before");
        }
        return Long.parseLong(cursor);
    }

    /** Whether the next event is to be replayed. */
    public boolean goesOn(Exchange exchange) {
        return run(exchange).goesOn();
    }

    /** Counts the event on the exchange as replayed. */
    public void replayed(Exchange exchange) {
        run(exchange)
                .replayed(
                        exchange.getVariable("replayAdded", Integer.class),
                        exchange.getVariable("replayParked", Boolean.class));
    }

    /** Notes why the event on the exchange was not replayed. */
    public void refused(Exchange exchange, @ExchangeException Exception failure) {
        run(exchange).refused(failure);
    }

    /**
     * What has been done, or for a preview how much there is to do.
     *
     * @throws Refused 503 when the run was broken off
     */
    public Map<String, Object> report(Exchange exchange) {
        Long matching = exchange.getVariable(MATCHING, Long.class);
        return matching == null ? run(exchange).report() : Map.of(MATCHING, matching);
    }

    private static ReplayRun run(Exchange exchange) {
        return exchange.getVariable(RUN, ReplayRun.class);
    }
}
