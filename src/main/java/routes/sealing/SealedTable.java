package routes.sealing;

import java.util.Set;

/** A table that has sealed rows, for whoever takes a key out of use. */
public interface SealedTable {

    /** Its name. */
    String table();

    /** What new rows are sealed with. */
    String keyId();

    /** Which keys have sealed its rows: their ids, or {@link Payloads#PLAIN}. */
    Set<String> keysInUse();

    /**
     * Seals some rows anew that are not sealed as new ones are, in a transaction of its own; safe beside other instances.
     *
     * @return how many; 0: none is left, or others have them locked
     */
    int reseal();
}
