package routes.inbox;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import routes.auth.PartnerId;
import routes.delivery.Text;
import routes.http.Refused;

/**
 * Which events or deliveries are meant: the same for a list and for a replay.
 *
 * @param asked the values asked for, by the names of the parameters that the statements have
 */
record Filter(Map<String, Object> asked) {

    /** Names that values may be asked for by. */
    enum Of {
        EVENTS("sender", "type", "status", "subject", "tenant", "correlationId", "state", "delivery"),
        DELIVERIES("state", "partner", "destination", "reason", "sender", "type", "tenant", "subject");

        private final List<String> equal;

        Of(String... equal) {
            this.equal = List.of(equal);
        }

        /** All that they can be found by. */
        Set<String> names() {
            Set<String> names = new TreeSet<>(equal);
            names.addAll(TIMES);
            return names;
        }
    }

    private static final List<String> TIMES = List.of("from", "to");

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
    private static final int SECONDS = 5;

    /**
     * The filter that these values make; other names are not looked at.
     *
     * @throws Refused 400 for a time that is none
     */
    static Filter of(Of what, Map<String, String> values) {
        Map<String, Object> asked = new HashMap<>();
        what.equal.stream()
                .filter(values::containsKey)
                .forEach(name -> asked.put(name, stored(name, values.get(name))));
        TIMES.stream().filter(values::containsKey).forEach(name -> asked.put(name, time(values.get(name), name)));
        return new Filter(asked);
    }

    /** Ids are stored without what some senders leave at their ends, and those of partners in one spelling. */
    private static String stored(String name, String value) {
        String stored =
                switch (name) {
                    case "subject", "correlationId" -> Text.id(value, value.length());
                    case "partner" -> PartnerId.normal(value);
                    default -> value;
                };
        return stored == null ? "" : stored;
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

    /** Names only: the values may be somebody's. */
    @Override
    public String toString() {
        return "Filter" + asked.keySet();
    }

    /** Whether all are meant. */
    boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * Runs a statement, with a time limit.
     *
     * @param more parameters that are no filters
     * @param rows what to make of it
     */
    <R> R select(Handle handle, String sql, Map<String, ?> more, Function<Query, R> rows) {
        Map<String, Object> parameters = new HashMap<>(asked);
        parameters.putAll(more);
        try (Query query = handle.createQuery(onlyWith(parameters.keySet(), sql))) {
            return rows.apply(query.bindMap(parameters).setQueryTimeout(SECONDS));
        } finally {
            forgetTimeout(handle);
        }
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
        try {
            if (!handle.getConnection().isClosed()) { // as it is when the database has gone meanwhile
                try (Statement statement = handle.getConnection().createStatement()) {
                    statement.setQueryTimeout(0);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot give the connection back as it was", e);
        }
    }
}
