package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.KafkaBroker;
import routes.support.TestDatabase;

/** What consumers of a topic get, read with a plain consumer from a real broker; and what a broker that is not there changes. */
@ParameterizedClass
@EnumSource
class KafkaIT {

    private static final String TOPIC = "webhooks.coverage-discovery";

    /** An attempt without a broker takes some seconds by itself. */
    private static final String RETRIES = String.join(", ", Collections.nCopies(100, "200ms"));

    private static KafkaBroker broker;

    @Parameter
    TestDatabase database;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aWebhookEndsAsARecordOfItsSendersTopic() throws Exception {
        try (Bundle bundle = start(database.create(), broker.bootstrap())) {
            for (String file : List.of("02-failure-serial.json", "03-pending.json", "16-unknown-fields.json")) {
                String task = UUID.randomUUID().toString();
                byte[] payload = Fixtures.task("coverage-discovery/valid/" + file, task);
                HttpResponse<String> answer = bundle.send(bundle.request(bundle.token("optum"))
                        .header("x-optum-correlation-id", "correlation-1")
                        .header("kafka.TOPIC", "stolen")
                        .header("kafka.OVERRIDE_TOPIC", "stolen")
                        .header("CamelKafkaOverrideTopic", "stolen")
                        .header("ce_id", "forged")
                        .POST(BodyPublishers.ofByteArray(payload)));
                assertEquals(204, answer.statusCode());
                awaitDelivered(bundle, task);

                ConsumerRecord<String, byte[]> record = onlyRecord(task);
                assertArrayEquals(payload, record.value());
                assertEquals(attributes(bundle, task), headers(record));
            }
            assertEquals(List.of(), broker.records("stolen", 0));
        }
    }

    @Test
    void thePayloadMayBeAsLargeAsTheReceiverAllows() throws Exception {
        try (Bundle bundle = start(database.create(), broker.bootstrap())) {
            String task = UUID.randomUUID().toString();
            ObjectNode large = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(UUID.fromString(task)));
            byte[] payload = Bundle.JSON.writeValueAsBytes(large.put("more", "x".repeat(10_000_000)));
            assertEquals(204, bundle.post(bundle.token("optum"), payload).statusCode());
            awaitDelivered(bundle, task);
            assertArrayEquals(payload, onlyRecord(task).value());
        }
    }

    /** CloudEvents 1.0, binary mode: an attribute without a value is not there. */
    private static Map<String, String> attributes(Bundle bundle, String task) {
        Map<String, Object> event = event(bundle, task);
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("content-type", "application/json");
        attributes.put("ce_specversion", "1.0");
        attributes.put("ce_id", event.get("event_id").toString());
        attributes.put("ce_source", "/webhooks/coverage-discovery");
        attributes.put("ce_type", "task");
        attributes.put("ce_subject", event.get("subject").toString());
        attributes.put("ce_tenant", Bundle.TENANT);
        attributes.put("ce_sequence", event.get("event_order").toString());
        if (event.get("occurred_at") != null) {
            attributes.put("ce_time", occurredAt(bundle, task).toInstant().toString());
        }
        return attributes;
    }

    private static OffsetDateTime occurredAt(Bundle bundle, String task) {
        return bundle.database().with(handle -> handle.select("select occurred_at from event where subject = ?", task)
                .mapTo(OffsetDateTime.class)
                .one());
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> {
            String value = new String(header.value(), StandardCharsets.UTF_8);
            assertNull(headers.put(header.key(), value), () -> "twice: " + header.key());
        });
        return headers;
    }

    @Test
    void aKafkaSwitchedOnLaterIsFilledByReplayingTheEvents() throws Exception {
        Properties place = database.create();
        List<String> tasks =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList();
        try (Bundle bundle = start(place, "")) {
            for (String task : tasks) {
                post(bundle, task);
                assertEquals(Set.of("jdbc/coverage_discovery_task"), destinations(bundle, task));
            }
        }
        try (Bundle bundle = start(place, broker.bootstrap())) {
            for (int time = 1; time <= 2; time++) {
                for (String task : tasks) {
                    replay(bundle, event(bundle, task).get("event_id"));
                    assertEquals(
                            Set.of("jdbc/coverage_discovery_task", "kafka/coverage-discovery"),
                            destinations(bundle, task));
                    awaitDelivered(bundle, task);
                    assertEquals(
                            event(bundle, task).get("event_order"),
                            headers(onlyRecord(task)).get("ce_sequence"));
                }
            }
        }
    }

    private static void replay(Bundle bundle, Object event) throws Exception {
        HttpResponse<String> answer = bundle.send(HttpRequest.newBuilder(bundle.uri("/events/" + event + "/replay"))
                .header("Authorization", "Bearer " + bundle.token("operator"))
                .POST(BodyPublishers.noBody()));
        assertEquals(200, answer.statusCode(), answer::body);
    }

    @Test
    void aBrokerThatIsAwayAtTheStartGetsEverythingWhenItIsThere() throws Exception {
        try (KafkaBroker late = new KafkaBroker();
                Bundle bundle = start(database.create(), late.bootstrap())) {
            String task = postWithoutBroker(bundle);
            late.start();
            awaitDelivered(bundle, task);
            assertEquals(task, late.records(TOPIC, 1).get(0).key());
        }
    }

    @Test
    void aBrokerThatCannotEvenBeLookedUpStopsNothingElse() throws Exception {
        Properties place = database.create();
        String task;
        try (Bundle bundle = start(place, "nowhere.invalid:9092")) {
            task = postWithoutBroker(bundle);
        }
        try (Bundle bundle = start(place, broker.bootstrap())) {
            awaitDelivered(bundle, task);
            assertEquals(task, onlyRecord(task).key());
        }
    }

    /** Answers the task, whose delivery to Kafka has failed at least once by then. */
    private static String postWithoutBroker(Bundle bundle) throws Exception {
        String task = UUID.randomUUID().toString();
        post(bundle, task);
        assertEquals(200, ready(bundle));
        eventually().until(() -> state(bundle, task, "jdbc/coverage_discovery_task"), "delivered"::equals);
        eventually().until(() -> !attempts(bundle, task).isEmpty());
        attempts(bundle, task).forEach(attempt -> assertEquals("failed", attempt.get("outcome")));
        assertEquals("pending", state(bundle, task, "kafka/coverage-discovery"));
        assertEquals(200, ready(bundle));
        return task;
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    private static Bundle start(Properties place, String brokers) {
        return Bundle.start(place, Map.of("kafka.brokers", brokers, "kafka.retry-schedule", RETRIES));
    }

    private static void post(Bundle bundle, String task) throws Exception {
        byte[] payload = Fixtures.failedTask(UUID.fromString(task));
        assertEquals(204, bundle.post(bundle.token("optum"), payload).statusCode());
    }

    private static int ready(Bundle bundle) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.management("/observe/health/ready")))
                .statusCode();
    }

    private static Map<String, Object> event(Bundle bundle, String task) {
        List<Map<String, Object>> events = bundle.rows("select * from event where subject = ?", task);
        assertEquals(1, events.size());
        return events.get(0);
    }

    private static Set<String> destinations(Bundle bundle, String task) {
        return deliveries(bundle, task).stream()
                .map(delivery -> delivery.get("destination").toString())
                .collect(Collectors.toSet());
    }

    private static List<Map<String, Object>> deliveries(Bundle bundle, String task) {
        return bundle.rows(
                "select d.* from delivery d join event e on e.event_id = d.event_id where e.subject = ?", task);
    }

    private static Object state(Bundle bundle, String task, String destination) {
        return deliveries(bundle, task).stream()
                .filter(delivery -> delivery.get("destination").equals(destination))
                .map(delivery -> delivery.get("state"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> attempts(Bundle bundle, String task) {
        return bundle.rows(
                "select a.* from delivery_attempt a join delivery d on d.delivery_id = a.delivery_id"
                        + " join event e on e.event_id = d.event_id where d.destination = 'kafka/coverage-discovery' and e.subject = ?",
                task);
    }

    private static void awaitDelivered(Bundle bundle, String task) {
        eventually().until(() -> deliveries(bundle, task).stream()
                .allMatch(delivery -> "delivered".equals(delivery.get("state"))));
    }

    /** The one record of that task, by its key. */
    private static ConsumerRecord<String, byte[]> onlyRecord(String task) {
        List<ConsumerRecord<String, byte[]>> records = broker.records(TOPIC, 1).stream()
                .filter(record -> task.equals(record.key()))
                .toList();
        assertEquals(1, records.size());
        return records.get(0);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1));
    }
}
