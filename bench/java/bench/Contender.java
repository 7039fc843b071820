package bench;

import java.time.Duration;

/** One of those that are measured side by side: our bundle in some form, or something simpler beside it. */
interface Contender extends AutoCloseable {

    /** As the table names it. */
    String name();

    /** Measures with so many connections, from an empty store. */
    Figures measure(int connections, Duration warmUp, Duration time) throws Exception;

    @Override
    void close() throws Exception;
}
