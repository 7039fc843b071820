package routes.registry;

import org.jdbi.v3.core.Handle;
import routes.store.Database;

/** What is still to be sent to a callback, when something becomes of the callback; in the transaction of whoever calls it. */
record CallbackDeliveries(Database database) {

    /** Waits from now on; whether it did not before. */
    boolean pause(Handle handle, String partner, int type, String actor, boolean byOperator) {
        return pauses().begin(handle, destination(partner, type), actor, byOperator);
    }

    /** Ends a pause, but for an operator's when it is not one who ends it. */
    void unpause(Handle handle, String partner, int type, boolean byOperator) {
        pauses().end(handle, destination(partner, type), byOperator);
    }

    private Pauses pauses() {
        return new Pauses(database);
    }

    /** What was set aside is due again, and the partner is not left alone any more. */
    void resume(Handle handle, String partner, int type) {
        pauses().takeUp(handle, destination(partner, type));
        closeCircuit(handle, partner);
    }

    void closeCircuit(Handle handle, String partner) {
        handle.createUpdate(database.sql("circuit_delete"))
                .bind("lane", "callback/" + partner)
                .execute();
    }

    /** The partner is about to go, with whatever was kept of it. */
    void forget(Handle handle, String partner) {
        closeCircuit(handle, partner);
        handle.createUpdate(database.sql("paused_delete_partner"))
                .bind("prefix", destination(partner))
                .execute();
    }

    /** Is cancelled: the callback is about to go. An operator's pause stays: another callback may come in its place. */
    void cancel(Handle handle, String partner, int type) {
        unpause(handle, partner, type, false);
        handle.createUpdate(database.sql("callback_cancel"))
                .bind("destination", destination(partner, type))
                .execute();
    }

    private static String destination(String partner, int type) {
        return destination(partner) + type;
    }

    private static String destination(String partner) {
        return "callback/" + partner + "/";
    }
}
