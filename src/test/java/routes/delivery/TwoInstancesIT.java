package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.support.Bundle;
import routes.support.TestDatabase;
import routes.support.TestSender;

/** Two bundles on one PostgreSQL database: they share the work, and a lease decides whose result counts. */
@Timeout(120)
class TwoInstancesIT {

    private static final int EVENTS = 60;

    private final Properties database = TestDatabase.POSTGRESQL.create();

    private Bundle start(Map<String, String> settings, String uri, Processor processor) {
        return Bundle.start(database, settings, TestSender.routes("jdbc/work"), TestSender.performing(uri, processor));
    }

    @Test
    void twoInstancesShareABacklogAndDeliverEachExactlyOnce() throws Exception {
        // nothing goes on before both have some of the work
        CountDownLatch bothAtWork = new CountDownLatch(2);
        Map<Object, Integer> performed = new ConcurrentHashMap<>();
        AtomicInteger byOne = new AtomicInteger();
        AtomicInteger byTwo = new AtomicInteger();
        Map<String, String> settings = Map.of("delivery.queue-size", "2");

        try (Bundle one = start(settings, "jdbc/work", work(byOne, bothAtWork, performed))) {
            TestSender sender = new TestSender(one);
            for (int i = 0; i < EVENTS; i++) {
                sender.post("jdbc/work");
            }
            eventually().until(() -> count(one, "owner is null") == EVENTS - 2);
            try (Bundle two = start(settings, "jdbc/work", work(byTwo, bothAtWork, performed))) {
                eventually().until(() -> count(two, "state = 'delivered' and attempts = 1") == EVENTS);
            }
            assertEquals(EVENTS, one.rows("select * from delivery_attempt").size());
        }
        assertEquals(EVENTS, performed.size());
        assertEquals(EVENTS, byOne.get() + byTwo.get());
        assertTrue(byOne.get() > 0 && byTwo.get() > 0, byOne + " and " + byTwo);
    }

    private static Processor work(AtomicInteger mine, CountDownLatch bothAtWork, Map<Object, Integer> performed) {
        return exchange -> {
            if (mine.incrementAndGet() == 1) {
                bothAtWork.countDown();
            }
            bothAtWork.await();
            performed.merge(exchange.getVariable("deliveryId"), 1, Integer::sum);
        };
    }

    @Test
    void aResultAfterTheLeaseChangesNothing() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger takenOver = new AtomicInteger();
        Map<String, String> settings = Map.of("delivery.lease-seconds", "2", "delivery.attempt-seconds", "1");
        // one place only: the slow instance cannot claim the delivery from itself
        String uri = "jdbc/work?attemptSeconds=1&workers=1&queueSize=1";

        try (Bundle slow = start(settings, uri, exchange -> {
            started.countDown();
            gate.await();
            throw new Dead("too late");
        })) {
            String subject = new TestSender(slow).post("jdbc/work");
            started.await();
            try (Bundle other = start(settings, uri, exchange -> takenOver.incrementAndGet())) {
                eventually().until(() -> TestSender.delivery(other, subject).get("state"), "delivered"::equals);
            } finally {
                gate.countDown();
            }
            Map<String, Object> delivered = TestSender.delivery(slow, subject);
            eventually().until(() -> TestSender.attempts(slow, subject).size() == 2);

            List<Map<String, Object>> attempts = TestSender.attempts(slow, subject);
            assertEquals(
                    List.of("dead", "delivered"),
                    attempts.stream().map(attempt -> attempt.get("outcome")).toList());
            assertEquals(delivered, TestSender.delivery(slow, subject));
            assertEquals(attempts.get(1).get("claim_number"), delivered.get("claim_number"));
            assertEquals(1, delivered.get("attempts"));
            assertEquals(1, takenOver.get());
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static int count(Bundle bundle, String condition) {
        return bundle.rows("select delivery_id from delivery where " + condition)
                .size();
    }
}
