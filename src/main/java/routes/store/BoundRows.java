package routes.store;

import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/**
 * Many rows for one statement, which reads them from {@code unnest} of an array a column: one statement is one round trip and one
 * plan, however many rows there are, and it says how many rows it has changed.
 *
 * @param update the statement
 * @param rows one element a row
 */
public record BoundRows<T>(Update update, List<T> rows) {

    private static final Map<Class<?>, String> TYPES = Map.of(
            UUID.class, "uuid",
            String.class, "varchar",
            Long.class, "int8",
            Integer.class, "int4",
            Boolean.class, "bool",
            OffsetDateTime.class, "timestamptz",
            byte[].class, "bytea");

    /** Binds a column: the value of each row, which may be null. */
    public <V> BoundRows<T> column(String name, Class<V> type, Function<T, V> value) {
        // not Jdbi's own arrays: PostgreSQL's driver takes byte[][] for an array of bytea, and no Object[]
        Object[] values = rows.stream().map(value).toArray(size -> (Object[]) Array.newInstance(type, size));
        Argument array = (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(TYPES.get(type), values));
        update.bind(name, array);
        return this;
    }
}
