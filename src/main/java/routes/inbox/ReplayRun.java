package routes.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.util.ObjectHelper;
import org.jdbi.v3.core.result.RowView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.http.Refusal;
import routes.http.Refused;
import routes.store.Causes;

/** How far the replay of many events is. Its events come one after another, in one thread. */
final class ReplayRun {

    private static final Logger LOG = LoggerFactory.getLogger("routes.inbox");
    private static final int MOST_REFUSED = 100;

    /** Whoever asked waits for the answer, and so may what is between us: then it is better to go on with a cursor. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private record Found(UUID id, long sequence) {}

    private final int limit;
    private final long start = System.nanoTime();
    private final long deadline;
    private final long nanosBetween;
    private final List<Found> found = new ArrayList<>();
    private final List<Map<String, String>> refused = new ArrayList<>();
    private int done;
    private int replayed;
    private int added;
    private int parked;
    private Refused brokenOff;

    /**
     * @param limit how many events it replays; one more that is added tells that there are more
     * @param rate so many a second at the most
     */
    ReplayRun(int limit, int rate) {
        this(limit, rate, AT_MOST);
    }

    ReplayRun(int limit, int rate, Duration atMost) {
        this.limit = limit;
        this.deadline = start + atMost.toNanos();
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Adds the event of the row. */
    ReplayRun add(RowView row) {
        return add(row.getColumn("event_id", UUID.class), row.getColumn("commit_sequence", Long.class));
    }

    ReplayRun add(UUID id, long sequence) {
        found.add(new Found(id, sequence));
        return this;
    }

    /** Of the events to be replayed. */
    List<UUID> ids() {
        return found.stream().limit(limit).map(Found::id).toList();
    }

    /**
     * Waits for the turn of the next event. There is none when the database is away, nor when it would take too long; but the first
     * event always has its turn.
     */
    boolean goesOn() {
        long turn = Math.max(System.nanoTime(), start + done * nanosBetween);
        boolean goesOn = brokenOff == null && (done == 0 || turn - deadline < 0);
        while (goesOn && System.nanoTime() - turn < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(turn - System.nanoTime());
        }
        return goesOn;
    }

    void replayed(int deliveries, boolean stillParked) {
        done++;
        replayed++;
        added += deliveries;
        parked += stillParked ? 1 : 0;
    }

    /** A failure is that of the event, unless everything fails now: then the event counts as not tried. */
    void refused(Exception failure) {
        Refusal refusal = refusal(failure);
        if (refusal instanceof Refused refused && refused.status() == 503) {
            brokenOff = refused;
            return;
        }
        UUID id = found.get(done).id();
        if (refused.size() < MOST_REFUSED) {
            String reason = refusal == null ? "failed here: " + Causes.of(failure) : refusal.description();
            refused.add(told(id, reason));
        }
        if (refusal == null) {
            LOG.warn("not replayed event={}: {}", id, Causes.of(failure));
        }
        done++;
    }

    private static Map<String, String> told(UUID id, String reason) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("id", id.toString());
        told.put("reason", reason);
        return told;
    }

    private static Refusal refusal(Exception failure) {
        for (Throwable thrown : ObjectHelper.createExceptionIterable(failure)) {
            if (thrown instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }

    /** @throws Refused 503 when it was broken off; what has been replayed stays so */
    Map<String, Object> report() {
        if (brokenOff != null) {
            throw brokenOff;
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("replayed", replayed);
        report.put("deliveries", added);
        report.put("parked", parked);
        report.put("refused", refused);
        if (done < found.size()) {
            report.put("next", Long.toString(found.get(done - 1).sequence));
        }
        return report;
    }
}
