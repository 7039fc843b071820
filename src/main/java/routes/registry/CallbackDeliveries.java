package routes.registry;

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

    /** Waits no more: neither because of a pause, nor set aside, nor because the partner was not to be reached. */
    void resume(Handle handle, String partner, int type) {
        unpause(handle, partner, type);
        handle.createUpdate(database.sql("delivery_resume"))
                .bind("destination", destination(partner, type))
                .execute();
        closeCircuit(handle, partner);
    }

    /** The partner is not left alone any more. */
    void closeCircuit(Handle handle, String partner) {
        handle.createUpdate(database.sql("circuit_delete"))
                .bind("lane", "callback/" + partner)
                .execute();
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
