package routes.registry;

import java.util.List;
import org.jdbi.v3.core.Handle;
import routes.store.Database;

/** What is still to be sent to a callback, when something becomes of the callback; in the transaction of whoever calls it. */
record CallbackDeliveries(Database database) {

    /** Waits from now on; whether it did not before. */
    boolean pause(Handle handle, String partner, int type, String actor) {
        return handle.createUpdate(database.sql("paused_insert"))
                        .bind("destination", destination(partner, type))
                        .bind("pausedBy", actor)
                        .execute()
                == 1;
    }

    /** Waits no more: all of it is due, however it came to wait. */
    void resume(Handle handle, String partner, int type) {
        unpause(handle, partner, type);
        resume(handle, partner, type, true);
    }

    /** The callback has been changed: what was set aside, or kept back while the partner was left alone, is tried again. */
    void tryAgain(Handle handle, String partner, int type) {
        resume(handle, partner, type, false);
    }

    private void resume(Handle handle, String partner, int type, boolean all) {
        handle.createUpdate(database.sql("delivery_resume"))
                .bind("destination", destination(partner, type))
                .bind("all", all)
                .execute();
        closeCircuit(handle, partner);
    }

    /** The partner is not left alone any more. */
    void closeCircuit(Handle handle, String partner) {
        for (String statement : List.of("delivery_unpark", "circuit_delete")) {
            handle.createUpdate(database.sql(statement))
                    .bind("lane", "callback/" + partner)
                    .execute();
        }
    }

    /** Is cancelled: the callback is about to go. */
    void cancel(Handle handle, String partner, int type) {
        unpause(handle, partner, type);
        handle.createUpdate(database.sql("callback_cancel"))
                .bind("destination", destination(partner, type))
                .execute();
    }

    private void unpause(Handle handle, String partner, int type) {
        handle.createUpdate(database.sql("paused_delete"))
                .bind("destination", destination(partner, type))
                .execute();
    }

    private static String destination(String partner, int type) {
        return "callback/" + partner + "/" + type;
    }
}
