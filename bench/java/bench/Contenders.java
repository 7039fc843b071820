package bench;

import java.util.ArrayList;
import java.util.List;

/** Those that are measured side by side, until all of them are closed; also when one of them did not start. */
final class Contenders implements AutoCloseable {

    private final List<Contender> all = new ArrayList<>();

    void add(Contender contender) {
        all.add(contender);
    }

    List<Contender> all() {
        return all;
    }

    @Override
    public void close() throws Exception {
        for (Contender contender : all) {
            contender.close();
        }
    }
}
