package routes.inbox;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.delivery.Text;
import routes.http.Refused;
import routes.http.Request;
import routes.store.Database;
import routes.store.SqlStates;

/** What the operators' API tells of events. All but {@link #payload} is metadata. */
@BindToRegistry("events")
public class Events extends ContextService {

    /** Filters that must be equal, by their names in the query; the statement has parameters of the same names. */
    private static final List<String> EQUAL =
            List.of("sender", "type", "status", "subject", "tenant", "correlationId", "state", "delivery");

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CURSOR = "cursor";
    private static final String LIMIT = "limit";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Set<String> KNOWN = known();
    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
    private static final int SECONDS = 5;

    private final Semaphore reads = new Semaphore(4);

    private Database database;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(EQUAL);
        known.addAll(List.of(FROM, TO, CURSOR, LIMIT));
        return known;
    }

    /**
     * A page of events, the newest first: {@code {"events": [...], "next": "<cursor>"}}, without {@code next} on the last page.
     *
     * @throws Refused 400 for a parameter that is unknown, repeated, or of the wrong form
     */
    public Map<String, Object> list(Exchange exchange) {
        Map<String, String> parameters = Request.of(exchange).parameters(KNOWN);
        int limit = (int) number(parameters, LIMIT, DEFAULT_LIMIT, MAX_LIMIT);
        long cursor = number(parameters, CURSOR, Long.MAX_VALUE, Long.MAX_VALUE);
        Map<String, Object> asked = new HashMap<>(Map.of(CURSOR, cursor, LIMIT, limit + 1));
        EQUAL.stream()
                .filter(parameters::containsKey)
                .forEach(name -> asked.put(name, filter(name, parameters.get(name))));
        for (String name : List.of(FROM, TO)) {
            if (parameters.containsKey(name)) {
                asked.put(name, time(parameters.get(name), name));
            }
        }
        return reading(() -> database.with(handle -> {
            try {
                List<Map<String, Object>> rows = handle.createQuery(
                                onlyWith(asked.keySet(), database.sql("events_list")))
                        .bindMap(asked)
                        .setQueryTimeout(SECONDS)
                        .reduceRows(new ArrayList<>(), EventView::addEvent);
                return page(handle, rows, limit);
            } finally {
                forgetTimeout(handle);
            }
        }));
    }

    /** Ids are stored without what some senders leave at their ends. */
    private static String filter(String name, String value) {
        String stored = name.equals("subject") || name.equals("correlationId") ? Text.id(value, value.length()) : value;
        return stored == null ? "" : stored;
    }

    /** The statement without the lines that have a parameter which is not there: a database plans what is asked, not more. */
    private static String onlyWith(Set<String> parameters, String sql) {
        return sql.lines()
                .filter(line -> parameters.containsAll(PARAMETER
                        .matcher(line)
                        .results()
                        .map(found -> found.group(1))
                        .toList()))
                .collect(Collectors.joining("\n"));
    }

    /** H2 keeps the time limit of a statement for its connection, and the next to use that may be a commit. */
    private static void forgetTimeout(Handle handle) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.setQueryTimeout(0);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot give the connection back as it was", e);
        }
    }

    /** Reads must not take the connections that commits need. */
    private <R> R reading(Supplier<R> work) {
        if (!reads.tryAcquire()) {
            throw Refused.unavailable("too many reads at once", 1);
        }
        try {
            return work.get();
        } catch (UnableToExecuteStatementException e) {
            if (SqlStates.tookTooLong(e)) {
                throw Refused.unavailable("the question takes too long; ask for less", 1);
            }
            throw e;
        } finally {
            reads.release();
        }
    }

    private Map<String, Object> page(Handle handle, List<Map<String, Object>> rows, int limit) {
        List<Map<String, Object>> events = rows.subList(0, Math.min(limit, rows.size()));
        EventView.addDeliveries(database, handle, events);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("events", events);
        if (rows.size() > limit) {
            page.put("next", events.get(limit - 1).get("sequence").toString());
        }
        return page;
    }

    /**
     * One event.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such event
     */
    public Map<String, Object> get(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        return reading(() -> database.with(handle -> {
            List<Map<String, Object>> events = database.query(handle, "event_get")
                    .bind("eventId", id)
                    .reduceRows(new ArrayList<>(), EventView::addEvent);
            EventView.addDeliveries(database, handle, events);
            return events.stream().findFirst().orElseThrow(Events::noSuchEvent);
        }));
    }

    /**
     * The bytes of one event; who reads them is written down in the same transaction.
     *
     * @throws Refused 400 when the id is none, 404 when there is no such event
     */
    public byte[] payload(Exchange exchange) {
        Request request = Request.of(exchange);
        request.parameters(Set.of());
        UUID id = EventId.parse(request.segment(1));
        String actor = Caller.of(exchange).client();
        return reading(() -> database.inTransaction(handle -> {
            byte[] payload = handle.createQuery(database.sql("event_payload"))
                    .bind("eventId", id)
                    .mapTo(byte[].class)
                    .findOne()
                    .orElseThrow(Events::noSuchEvent);
            handle.createUpdate(database.sql("audit_insert"))
                    .bind("actor", actor)
                    .bind("action", "read payload")
                    .bind("target", "event " + id)
                    .bind("detail", (String) null)
                    .execute();
            return payload;
        }));
    }

    static Refused noSuchEvent() {
        return new Refused(404, "not_found", "there is no such event");
    }

    private static long number(Map<String, String> parameters, String name, long otherwise, long most) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        boolean valid = text.matches("\\d{1,18}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= most;
        if (!valid) {
            throw Refused.badRequest(name + " must be a number from 1 to " + most);
        }
        return Long.parseLong(text);
    }

    private static OffsetDateTime time(String text, String name) {
        try {
            // four digits of a year, as RFC 3339 has it: databases do not know all that Java does
            if (text.matches("\\d{4}-.*")) {
                return OffsetDateTime.parse(text);
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw Refused.badRequest(name + " must be a time such as 2026-03-02T10:15:30Z");
    }
}
