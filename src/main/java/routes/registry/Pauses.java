package routes.registry;

import org.jdbi.v3.core.Handle;
import routes.store.Database;

/** What somebody has paused, and what was set aside for a destination; in the transaction of whoever calls it. */
public record Pauses(Database database) {

    private static final String DESTINATION = "destination";
    private static final String BY_OPERATOR = "byOperator";

    /** What goes there waits from now on; whether it did not before. */
    public boolean begin(Handle handle, String destination, String actor, boolean byOperator) {
        return handle.createUpdate(database.sql("paused_insert"))
                        .bind(DESTINATION, destination)
                        .bind(BY_OPERATOR, byOperator)
                        .bind("pausedBy", actor)
                        .execute()
                == 1;
    }

    /** Ends a pause, but for an operator's when it is not one who ends it; whether there was one. */
    public boolean end(Handle handle, String destination, boolean byOperator) {
        return handle.createUpdate(database.sql("paused_delete"))
                        .bind(DESTINATION, destination)
                        .bind(BY_OPERATOR, byOperator)
                        .execute()
                > 0;
    }

    /** What was set aside is due again. */
    public void takeUp(Handle handle, String destination) {
        handle.createUpdate(database.sql("delivery_resume"))
                .bind(DESTINATION, destination)
                .execute();
    }
}
