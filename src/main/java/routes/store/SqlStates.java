package routes.store;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;

/** What an SQLSTATE means for whoever tries again. */
public final class SqlStates {

    private SqlStates() {}

    /** The database refuses the row itself: data exception (22), constraint (23), or text it cannot take. */
    public static boolean refusesTheRow(Throwable thrown) {
        String state = of(thrown);
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** The statement was cancelled because its time was over (57014: query canceled). */
    public static boolean tookTooLong(Throwable thrown) {
        return "57014".equals(of(thrown));
    }

    /** There is no connection (08), it was ended from the other side (57P), or the pool has given it up or has none (no state). */
    public static boolean away(Throwable thrown) {
        String state = of(thrown);
        return thrown instanceof ConnectionException
                || (state == null ? thrown instanceof SQLException : state.startsWith("08") || state.startsWith("57P"));
    }

    /** The first SQLSTATE down the chain of causes, or null. */
    static String of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
