package routes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import routes.http.Refused;
import routes.inbox.DeliveryReplays.Turn;
import routes.store.Database;

/** The tables {@code replay} and {@code replay_delivery}, and the turns that replays give; in the transaction of whoever calls it. */
record ReplayTable(Database database, Handle handle) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FILTER_LENGTH = 4000;
    private static final String REPLAY = "replay";
    private static final String PLACES = "deliveries";

    UUID insert(String actor, Map<String, String> filter, int rate) {
        UUID id = UUID.randomUUID();
        handle.createUpdate(database.sql("replay_insert"))
                .bind(REPLAY, id)
                .bind("startedBy", actor)
                .bind("filter", json(filter))
                .bind("rate", rate)
                .execute();
        return id;
    }

    /** Without the subject: it may be somebody's, and erasing that would have to look here as well. */
    private static String json(Map<String, String> filter) {
        Map<String, String> kept = new TreeMap<>(filter);
        kept.computeIfPresent("subject", (name, value) -> "(not kept)");
        try {
            String json = JSON.writeValueAsString(kept);
            if (json.length() > FILTER_LENGTH) {
                throw Refused.badRequest("filter is too long");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Turn> turns(Query query) {
        return query.map((row, context) -> new Turn(
                        row.getObject("delivery_id", UUID.class),
                        row.getString("state"),
                        row.getInt("generation"),
                        row.getInt("attempts")))
                .list();
    }

    /** Notes what the deliveries go back to if they are taken back. */
    void note(UUID replay, List<Turn> turns) {
        if (turns.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(database.sql("replay_delivery_insert"));
        turns.forEach(turn -> batch.bind(REPLAY, replay)
                .bind("deliveryId", turn.id())
                .bind("generation", turn.generation() + 1)
                .bind("state", turn.state())
                .bind("attempts", turn.attempts())
                .add());
        batch.execute();
    }

    /** Gives each another turn, so many a second; answers those that had ended still. */
    List<Turn> reopen(List<Turn> turns, int rate) {
        if (turns.isEmpty()) {
            return turns;
        }
        PreparedBatch batch = handle.prepareBatch(database.sql("delivery_reopen"));
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            batch.bind("deliveryId", turn.id())
                    .bind("state", turn.state())
                    .bind("generation", turn.generation())
                    .bind("delayMillis", 1000L * i / rate)
                    .add();
        }
        int[] changed = batch.execute();
        return IntStream.range(0, changed.length)
                .filter(i -> changed[i] == 1)
                .mapToObj(turns::get)
                .toList();
    }

    /** How many were taken back. */
    int cancel(UUID replay) {
        if (handle.createUpdate(database.sql("replay_cancel"))
                        .bind(REPLAY, replay)
                        .execute()
                == 0) {
            return 0;
        }
        List<UUID> untried = database.query(handle, "replay_untried")
                .bind(REPLAY, replay)
                .mapTo(UUID.class)
                .list();
        for (String statement : List.of("replay_take_back", "replay_taken_back")) {
            handle.createUpdate(database.sql(statement))
                    .bind(REPLAY, replay)
                    .bindArray("ids", UUID.class, untried)
                    .execute();
        }
        return untried.size();
    }

    List<Map<String, Object>> latest(int limit) {
        return database.query(handle, "replays_list")
                .bind("limit", limit)
                .reduceRows(new ArrayList<>(), (list, row) -> {
                    list.add(view(row));
                    return list;
                });
    }

    /**
     * The replay, and where its deliveries are.
     *
     * @throws Refused 404 when there is none
     */
    Map<String, Object> view(UUID replay) {
        List<Map<String, Object>> found = database.query(handle, "replay_get")
                .bind(REPLAY, replay)
                .reduceRows(new ArrayList<>(), (list, row) -> {
                    list.add(view(row));
                    return list;
                });
        if (found.isEmpty()) {
            throw new Refused(404, "not_found", "there is no such replay");
        }
        Map<String, Object> view = found.get(0);
        Map<String, Object> places = new LinkedHashMap<>();
        for (String place : List.of("waiting", "failing", "delivered", "dead", "suspended", "cancelled", "takenBack")) {
            places.put(place, 0L);
        }
        database.query(handle, "replay_progress").bind(REPLAY, replay).reduceRows(places, (all, row) -> {
            all.put(row.getColumn("place", String.class), row.getColumn(PLACES, Long.class));
            return all;
        });
        view.put(PLACES, places);
        return view;
    }

    private static Map<String, Object> view(RowView row) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getColumn("replay_id", UUID.class).toString());
        view.put("startedAt", EventView.text(row, "started_at"));
        view.put("startedBy", row.getColumn("started_by", String.class));
        view.put("filter", filter(row.getColumn("filter", String.class)));
        view.put("rate", row.getColumn("rate", Integer.class));
        view.put("cancelled", row.getColumn("state", String.class).equals("cancelled"));
        return view;
    }

    private static Object filter(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a replay has a filter that cannot be read");
        }
    }
}
