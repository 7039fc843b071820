package routes.sealing;

import java.util.Set;

/** A table that has sealed rows, for whoever takes a key out of use. */
public interface SealedTable {

    /** Its name. */
    String table();

    /** Which keys have sealed its rows: their ids, or {@link Payloads#PLAIN}. */
    Set<String> keysInUse();

    /**
     * Seals some rows anew that another key has sealed, in a transaction of its own; safe beside other instances.
     *
     * @return how many; 0: none is left but for those that do not open, which the log names, or that others have locked
     */
    int reseal();
}
