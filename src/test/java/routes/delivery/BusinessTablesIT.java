package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;
import routes.support.TestSender;

/** Business tables show the newest state of a subject, in whatever order its events arrive. */
@ParameterizedClass
@EnumSource
class BusinessTablesIT {

    /** What is told of one subject, the oldest first: a pending one has no time, and is older than any with one. */
    private enum Told {
        PENDING("pending", null, "coverage-discovery/valid/03-pending.json", 3),
        FIRST("failure", "2026-05-11T09:00:00.000000001Z", "coverage-discovery/valid/02-failure-serial.json", 5),
        // later by a nanosecond
        LAST(
                "success",
                "2026-05-11T09:00:00.000000002Z",
                "coverage-discovery/valid/01-success-chained-everything.json",
                5);

        final String status;
        final String at;
        final String file;
        final int paths;

        Told(String status, String at, String file, int paths) {
            this.status = status;
            this.at = at;
            this.file = file;
            this.paths = paths;
        }

        byte[] task(String id) throws Exception {
            ObjectNode task = (ObjectNode) Bundle.JSON.readTree(Fixtures.task(file, id));
            task.put("status", status);
            task.remove("endDateTime");
            if (at != null) {
                task.put("endDateTime", at);
            }
            return Bundle.JSON.writeValueAsBytes(task);
        }
    }

    private static Bundle bundle;
    private static TestSender sender;
    private static String token;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(
                database.create(),
                Map.of("delivery.retry-schedule", String.join(",", Collections.nCopies(100, "100ms"))),
                TestSender.routes("jdbc/notification"));
        sender = new TestSender(bundle);
        token = bundle.token("optum");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    static Stream<List<Told>> orders() {
        List<List<Told>> orders = new ArrayList<>();
        for (Told a : Told.values()) {
            for (Told b : Told.values()) {
                for (Told c : Told.values()) {
                    if (a != b && b != c && a != c) {
                        orders.add(List.of(a, b, c));
                    }
                }
            }
        }
        return orders.stream();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aTaskShowsItsNewestStateAndItsPathsOnly(List<Told> order) throws Exception {
        String id = UUID.randomUUID().toString();
        for (int i = 0; i < order.size(); i++) {
            assertEquals(204, bundle.post(token, order.get(i).task(id)).statusCode());
            awaitDelivered(id, i + 1);
            assertShows(id, Collections.max(order.subList(0, i + 1)));
        }
    }

    @Test
    void aTaskShowsItsNewestStateAlsoWhenAllArriveTogether() throws Exception {
        List<String> ids = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 8; i++) {
            String id = UUID.randomUUID().toString();
            ids.add(id);
            List<Told> order = new ArrayList<>(List.of(Told.values()));
            Collections.shuffle(order, random);
            for (Told told : order) {
                assertEquals(204, bundle.post(token, told.task(id)).statusCode());
            }
        }
        for (String id : ids) {
            awaitDelivered(id, 3);
            assertShows(id, Told.LAST);
        }
    }

    private static void assertShows(String id, Told told) {
        List<Map<String, Object>> tasks = bundle.rows("select * from coverage_discovery_task where task_id = ?", id);
        assertEquals(1, tasks.size());
        assertEquals(told.status, tasks.get(0).get("status"));
        assertEquals(told.at, tasks.get(0).get("ended_at_text"));
        List<Map<String, Object>> paths = bundle.rows("select * from coverage_discovery_path where task_id = ?", id);
        assertEquals(told.paths, paths.size());
        paths.forEach(path -> assertEquals(tasks.get(0).get("event_id"), path.get("event_id")));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aSubjectWithoutATableOfItsOwnShowsItsNewestState(List<Told> order) throws Exception {
        String subject = UUID.randomUUID().toString();
        for (int i = 0; i < order.size(); i++) {
            Told told = order.get(i);
            sender.post("jdbc/notification", subject, told.status, told.at);
            awaitDelivered(subject, i + 1);
            Told newest = Collections.max(order.subList(0, i + 1));
            List<Map<String, Object>> rows = bundle.rows("select * from notification where subject = ?", subject);
            assertEquals(1, rows.size());
            assertEquals(newest.status, rows.get(0).get("status"));
            assertEquals(
                    bundle.rows("select event_id from event where subject = ? and status = ?", subject, newest.status)
                            .get(0),
                    Map.of("event_id", rows.get(0).get("event_id")));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableThatIsAwayIsTriedUntilItIsBack(String table, String destination) throws Exception {
        String subject = UUID.randomUUID().toString();
        execute("alter table " + table + " rename to away");
        try {
            if (destination.equals("jdbc/notification")) {
                sender.post(destination, subject, "success", null);
            } else {
                bundle.post(token, Told.LAST.task(subject));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> TestSender.attempts(bundle, subject).size() > 1);
            Map<String, Object> delivery = TestSender.delivery(bundle, subject);
            assertEquals("pending", delivery.get("state"));
            assertTrue(delivery.get("reason").toString().matches("\\w+Exception 42\\w{3}.*"), delivery.toString());
        } finally {
            execute("alter table away rename to " + table);
        }
        awaitDelivered(subject, 1);
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments("notification", "jdbc/notification"),
                arguments("coverage_discovery_task", "jdbc/coverage_discovery_task"),
                arguments("coverage_discovery_path", "jdbc/coverage_discovery_task"));
    }

    private static void execute(String ddl) throws Exception {
        try (var connection = bundle.business()) {
            connection.createStatement().execute(ddl);
        }
    }

    private static void awaitDelivered(String subject, int deliveries) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestSender.deliveries(bundle, subject).stream()
                                .filter(delivery -> "delivered".equals(delivery.get("state")))
                                .count(),
                        count -> count == deliveries);
    }
}
