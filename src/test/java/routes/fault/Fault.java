package routes.fault;

import java.util.Random;
import java.util.Set;
import routes.support.TestDatabase;

/**
 * What can happen to a bundle: a line of the crash table for each database.
 *
 * @param words what it is called
 * @param on the databases that it is tried on
 * @param times how often it happens
 */
record Fault(String words, Set<TestDatabase> on, int times, Happening happening) {

    interface Happening {

        /** Lets it happen once; the scene is loaded then or before. */
        void happen(Scene scene, Random random) throws Exception;
    }

    static Fault onBoth(String words, int times, Happening happening) {
        return new Fault(words, Set.of(TestDatabase.values()), times, happening);
    }

    @Override
    public String toString() {
        return words;
    }
}
