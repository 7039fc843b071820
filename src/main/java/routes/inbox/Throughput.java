package routes.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.store.Database;

/**
 * How many events came in each minute of the last hour. It counts no more than the latest events, by the index of their order, whatever
 * the table holds; and whoever asks again soon is told the same.
 */
@BindToRegistry("throughput")
public class Throughput extends ContextService {

    private static final int MINUTES = 60;
    private static final int MOST = 20_000;
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private record Known(Map<String, Object> answer, long at) {}

    /**
     * Events that came within one minute.
     *
     * @param oldest when the first of those that were counted came
     * @param now by the database's clock
     */
    record Minute(Instant oldest, Instant now, long events) {

        Instant start() {
            return oldest.truncatedTo(ChronoUnit.MINUTES);
        }
    }

    private Reads reads;
    private Database database;
    private volatile Known known;

    @Override
    protected void doStart() {
        reads = bean("reads", Reads.class);
        database = bean("database", Database.class);
        known = null;
    }

    /**
     * {@code {"minutes": [{"at": "...", "events": n}, ...], "most": n, "counted": n, "since": "..."}}, the oldest minute first; {@code since}
     * only when there were too many to count them all: it is when the oldest that was counted came.
     */
    public Map<String, Object> lastHour() {
        Known before = known;
        if (before == null || System.nanoTime() - before.at > GOOD_FOR.toNanos()) {
            before = new Known(read(), System.nanoTime());
            known = before;
        }
        return before.answer;
    }

    private Map<String, Object> read() {
        return view(
                reads.with(handle -> new Filter(Map.of())
                        .select(handle, database.sql("events_per_minute"), Map.of("most", MOST), query -> query.map(
                                        (row, context) -> new Minute(
                                                time(row, "oldest"), time(row, "now"), row.getLong("events")))
                                .list())),
                MOST);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** @param most so many were counted at the most */
    static Map<String, Object> view(List<Minute> counted, int most) {
        Instant now = counted.isEmpty() ? Instant.now() : counted.get(0).now;
        Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTES - 1L, ChronoUnit.MINUTES);
        Map<Instant, Long> events =
                counted.stream().collect(Collectors.toMap(Minute::start, Minute::events, Long::sum));
        List<Map<String, Object>> minutes = IntStream.range(0, MINUTES)
                .mapToObj(i -> first.plus(i, ChronoUnit.MINUTES))
                .map(at -> Map.<String, Object>of("at", at.toString(), "events", events.getOrDefault(at, 0L)))
                .toList();
        LongSummaryStatistics figures = minutes.stream()
                .mapToLong(minute -> (Long) minute.get("events"))
                .summaryStatistics();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("minutes", minutes);
        view.put("most", figures.getMax());
        view.put("counted", figures.getSum());
        Optional<Instant> oldest = counted.stream().map(Minute::oldest).min(Comparator.naturalOrder());
        boolean all = counted.stream().mapToLong(Minute::events).sum() < most;
        oldest.filter(time -> !all && time.isAfter(first)).ifPresent(time -> view.put("since", time.toString()));
        return view;
    }
}
