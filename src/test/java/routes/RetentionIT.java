package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.inbox.Retention;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

/** What has had its time goes, on the clock of its kind, and never what is still to be delivered. */
class RetentionIT {

    private enum Left {
        ALL,
        METADATA,
        NOTHING
    }

    /** An event as it may be found after so many days: its state, that of a delivery, and what must be left of it. */
    private enum Case {
        // event, delivery, days since it came, days since the delivery ended, what must be left
        YOUNG("accepted", "delivered", 29, Left.ALL),
        DELIVERED("accepted", "delivered", 31, Left.METADATA),
        CANCELLED("accepted", "cancelled", 31, Left.METADATA),
        OLD("accepted", "delivered", 399, Left.METADATA),
        OVER("accepted", "delivered", 401, Left.NOTHING),
        PENDING("accepted", "pending", 401, Left.ALL),
        SUSPENDED("accepted", "suspended", 401, Left.ALL),
        DEAD("accepted", "dead", 89, Left.ALL),
        LONG_DEAD("accepted", "dead", 91, Left.METADATA),
        LATELY_DEAD("accepted", "dead", 401, 89, Left.ALL),
        PARKED_AND_LATELY_DEAD("parked", "dead", 401, 89, Left.ALL),
        DEAD_AND_OVER("accepted", "dead", 401, Left.NOTHING),
        PARKED("parked", "delivered", 89, Left.ALL),
        LONG_PARKED("parked", "delivered", 91, Left.METADATA),
        QUARANTINED("quarantined", "cancelled", 89, Left.ALL),
        LONG_QUARANTINED("quarantined", "cancelled", 91, Left.METADATA),
        QUARANTINED_AND_PENDING("quarantined", "pending", 91, Left.ALL);

        private final String event;
        private final String delivery;
        private final int days;
        private final int ended;
        private final Left left;

        Case(String event, String delivery, int days, Left left) {
            this(event, delivery, days, days, left);
        }

        Case(String event, String delivery, int days, int ended, Left left) {
            this.event = event;
            this.delivery = delivery;
            this.days = days;
            this.ended = ended;
            this.left = left;
        }
    }

    private static final int BACKLOG = 1_200;

    @ParameterizedTest
    @EnumSource
    void eachClockRemovesWhatItIsFor(TestDatabase kind) throws Exception {
        try (Bundle bundle = Bundle.start(
                kind.create(), Map.of("retention.sweep-seconds", "86400", "delivery.sweep-interval-ms", "3600000"))) {
            Map<Case, UUID> events = new EnumMap<>(Case.class);
            for (Case some : Case.values()) {
                events.put(some, event(bundle, some));
            }
            audit(bundle);
            pileUp(bundle, events.get(Case.DELIVERED));
            // the three of 89 days, the two that died lately, and the four that are over; not what is to be delivered
            // still
            assertEquals(9, bundle.bean("retention", Retention.class).expiring());
            sweepTwiceAtOnce(bundle);
            assertEquals(5, bundle.bean("retention", Retention.class).expiring());
            for (Map.Entry<Case, UUID> event : events.entrySet()) {
                assertEquals(
                        event.getKey().left,
                        left(bundle, event.getValue()),
                        event.getKey().toString());
            }
            assertEquals("2191 days", bundle.select("select action from audit where actor = 'test'"));
            assertEquals("0", bundle.select("select count(*) from event where sender = 'backlog'"));
            assertEquals(
                    "0",
                    bundle.select(
                            "select count(*) from delivery_attempt where delivery_id not in (select delivery_id from delivery)"));
        }
    }

    private static UUID event(Bundle bundle, Case some) throws Exception {
        String task = UUID.randomUUID().toString();
        assertEquals(
                204,
                bundle.post(bundle.token("optum"), Fixtures.failedTask(UUID.fromString(task)))
                        .statusCode());
        UUID event = UUID.fromString(bundle.select("select event_id from event where subject = ?", task));
        bundle.awaitTables(Map.of("event_id", event));
        bundle.execute(
                "update event set state = ?, received_at = received_at - cast(? as integer) * interval '1' day where event_id = ?",
                some.event,
                some.days,
                event);
        bundle.execute(
                "update delivery set state = ?, finished_at = finished_at - cast(? as integer) * interval '1' day where event_id = ?",
                some.delivery,
                some.ended,
                event);
        return event;
    }

    private static void audit(Bundle bundle) {
        for (int days : List.of(2191, 2193)) {
            bundle.execute(
                    "insert into audit (at, actor, action, target) values (current_timestamp - cast(? as integer) * interval '1' day,"
                            + " 'test', ?, 'x')",
                    days,
                    days + " days");
        }
    }

    /** More than two batches, which have had all their time. */
    private static void pileUp(Bundle bundle, UUID like) {
        for (int n = 0; n < BACKLOG; n++) {
            bundle.execute(
                    "insert into event (event_id, commit_sequence, batch_id, sender, state, event_order, received_at, body_hash, payload)"
                            + " select cast(? as uuid), ?, batch_id, 'backlog', state, event_order,"
                            + " received_at - interval '400' day, body_hash, payload from event where event_id = ?",
                    UUID.randomUUID(),
                    -n - 1L,
                    like);
        }
    }

    /** As two instances would. */
    private static void sweepTwiceAtOnce(Bundle bundle) {
        Retention retention = bundle.bean("retention", Retention.class);
        List<CompletableFuture<Void>> sweeps = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sweeps.add(CompletableFuture.runAsync(retention::sweep));
        }
        sweeps.forEach(CompletableFuture::join);
        // what the other had locked at that moment is left to the next time
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            retention.sweep();
            return bundle.select("select count(*) from event where sender = 'backlog'")
                    .equals("0");
        });
    }

    private static Left left(Bundle bundle, UUID event) {
        List<Map<String, Object>> rows = bundle.rows("select * from event where event_id = ?", event);
        if (rows.isEmpty()) {
            assertEquals("0", bundle.select("select count(*) from delivery where event_id = ?", event));
            return Left.NOTHING;
        }
        assertTrue(Integer.parseInt(bundle.select("select count(*) from delivery where event_id = ?", event)) > 0);
        Map<String, Object> row = rows.get(0);
        assertEquals(row.get("payload") == null, row.get("payload_key_id") == null);
        return row.get("payload") == null ? Left.METADATA : Left.ALL;
    }
}
