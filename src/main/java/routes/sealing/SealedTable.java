package routes.sealing;

import java.util.Set;

/** A table that has sealed rows, for whoever takes a key out of use. */
public interface SealedTable {

    /** Its name. */
    String table();

    /** Which keys have sealed its rows: their ids, or {@link Payloads#PLAIN}. */
    Set<String> keysInUse();

    /** Which of these are in use for ever: what is sealed with any other is to be sealed anew. */
    Set<String> keysThatStay();

    /**
     * Seals some rows anew that another key has sealed, in a transaction of its own; safe beside other instances.
     *
     * @return how many; 0: none is left, or others have them locked
     */
    int reseal();
}
