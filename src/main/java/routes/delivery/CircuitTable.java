package routes.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.store.Database;

/**
 * The tables {@code circuit} and {@code paused_destination}: what all instances keep back, so that a partner which is down costs none
 * of them a worker.
 *
 * @param mostFailures so many in a row open a circuit
 * @param pauses how long it is open: the first time, the second time in a row, and so on; the last one for all further times
 */
record CircuitTable(Database database, int mostFailures, RetrySchedule pauses) {

    private static final Logger LOG = LoggerFactory.getLogger("routes.delivery");
    private static final String LANE = "lane";

    CircuitTable {
        if (pauses.pauses().isEmpty()) {
            throw new IllegalArgumentException("callback.circuit-pauses must have at least one pause");
        }
    }

    Holds holds() {
        Map<String, Set<String>> names = new HashMap<>();
        database.with(handle -> database.query(handle, "delivery_holds").reduceRows(names, (found, row) -> {
            found.computeIfAbsent(row.getColumn("hold", String.class), none -> new HashSet<>())
                    .add(row.getColumn("name", String.class));
            return found;
        }));
        return new Holds(
                names.getOrDefault("open", Set.of()),
                names.getOrDefault("probe", Set.of()),
                names.getOrDefault("paused", Set.of()));
    }

    /** Whether this instance, and no other, may make the one attempt that finds out how the partner is. */
    boolean probe(Handle handle, String lane, Duration lease) {
        return handle.createUpdate(database.sql("circuit_probe"))
                        .bind(LANE, lane)
                        .bind("leaseMillis", lease.toMillis())
                        .execute()
                == 1;
    }

    /** Notes what the attempts tell of their partners, within the transaction that writes their results. */
    void record(Handle handle, List<Result> results) {
        Map<String, List<Result>> telling = results.stream()
                .filter(result -> result.health() != Result.Health.UNKNOWN
                        || result.claim().probe())
                .collect(Collectors.groupingBy(result -> result.claim().lane(), TreeMap::new, Collectors.toList()));
        if (telling.isEmpty()) {
            return;
        }
        telling.forEach((lane, attempts) -> {
            if (attempts.stream().anyMatch(result -> result.health() == Result.Health.DOWN)) {
                handle.createUpdate(database.sql("circuit_insert"))
                        .bind(LANE, lane)
                        .execute();
            }
        });
        for (Circuit before : lock(handle, new LinkedHashSet<>(telling.keySet()))) {
            Circuit after = before;
            for (Result result : telling.get(before.lane())) {
                after = after.after(result, mostFailures);
            }
            write(handle, before, after);
        }
    }

    private List<Circuit> lock(Handle handle, Set<String> lanes) {
        return database.query(handle, "circuit_lock")
                .bindArray("lanes", String.class, lanes)
                .map((row, context) -> new Circuit(
                        row.getString(LANE),
                        Circuit.State.of(row.getString("state")),
                        row.getInt("failures"),
                        row.getInt("openings")))
                .list();
    }

    private void write(Handle handle, Circuit before, Circuit after) {
        if (after.isClean()) {
            handle.createUpdate(database.sql("circuit_delete"))
                    .bind(LANE, after.lane())
                    .execute();
        } else if (!after.equals(before)) {
            handle.createUpdate(database.sql("circuit_update"))
                    .bind(LANE, after.lane())
                    .bind("state", after.state().toString())
                    .bind("failures", after.failures())
                    .bind("openings", after.openings())
                    .bind("moved", after.state() != before.state() || after.openings() != before.openings())
                    .bind("pauseMillis", pause(before, after).toMillis())
                    .execute();
        }
        if (after.state() != before.state()) {
            LOG.warn("circuit {} lane={} failures={}", after.state(), after.lane(), after.failures());
        }
    }

    private Duration pause(Circuit before, Circuit after) {
        return after.openings() == before.openings()
                ? Duration.ZERO
                : pauses.after(Math.min(after.openings(), pauses.pauses().size()))
                        .orElse(Duration.ZERO);
    }
}
