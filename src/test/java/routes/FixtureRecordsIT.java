package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.KafkaBroker;
import routes.support.Registry;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/**
 * Where every valid fixture goes, and the record of it that a consumer reads from a real broker. Of a record the expectation names the
 * topic, the key and the headers that differ; {@code arrival} is the time of it. The value is always the fixture itself.
 */
class FixtureRecordsIT {

    /** What there is in the database of a fixture that was posted between two moments. */
    private record Posted(Map<String, Object> event, Instant from, Instant to) {}

    private static final Map<Path, Posted> POSTED = new LinkedHashMap<>();

    private static KafkaBroker broker;
    private static Bundle bundle;
    private static Map<String, List<ConsumerRecord<String, byte[]>>> records;

    /** With a partner for every notification type, though nobody is there: all deliveries are planned. */
    @BeforeAll
    static void postEveryFixture() throws Exception {
        broker = new KafkaBroker().start();
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.putAll(SignedPost.settings());
        settings.put("kafka.brokers", broker.bootstrap());
        senders().forEach(sender -> settings.put("sender." + sender + ".tenant", "lakeside"));
        bundle = Bundle.start(TestDatabase.H2.create(), settings);
        Registry registry = new Registry(bundle.uri("/"));
        registry.grantAll("p1", senders().toList());
        for (int type = 1; type <= 3; type++) {
            registry.register("p1", type, "http://127.0.0.1:1/");
        }
        for (Path file : valid().toList()) {
            POSTED.put(file, post(file));
        }
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> bundle.select(
                                "select count(*) from delivery where destination like 'kafka/%' and state <> 'delivered'"),
                        "0"::equals);
        records = senders()
                .flatMap(sender -> broker.records("webhooks." + sender, 1).stream())
                .collect(Collectors.groupingBy(record -> headers(record).getOrDefault("ce_id", "none")));
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
        broker.close();
    }

    static Stream<String> senders() {
        return Fixtures.in("").map(folder -> folder.getFileName().toString());
    }

    static Stream<Path> valid() {
        return senders().flatMap(sender -> Fixtures.in(sender + "/valid"));
    }

    private static Posted post(Path file) throws Exception {
        Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        HttpResponse<String> answer = SignedPost.send(bundle, file, Files.readAllBytes(file));
        assertEquals(2, answer.statusCode() / 100, () -> file + answer.body());
        Map<String, Object> event = bundle.rows("select * from event order by commit_sequence desc limit 1")
                .get(0);
        return new Posted(event, from, Instant.now());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidFixtureGoesWhereItShouldAndIsTheRecordThatIsExpected(Path file) throws Exception {
        JsonNode expected = Fixtures.expected(file);
        Map<String, Object> event = POSTED.get(file).event;
        assertEquals(expected.get("state").asText(), event.get("state"));
        assertEquals(Bundle.JSON.convertValue(expected.get("deliveries"), List.class), bundle.destinations(event));
        List<ConsumerRecord<String, byte[]>> found = records(event);
        if (!expected.has("record")) {
            assertEquals(List.of(), found);
            return;
        }
        assertEquals(1, found.size());
        ConsumerRecord<String, byte[]> record = found.get(0);
        assertEquals(expected.at("/record/topic").asText(), record.topic());
        assertEquals(expected.at("/record/key").asText(null), record.key());
        assertArrayEquals(Files.readAllBytes(file), record.value());
        assertEquals(headers(expected.at("/record/headers"), POSTED.get(file)), headers(record));
    }

    /** Nor is one fixture the duplicate of another, whose record would then stand for both. */
    @Test
    void theTopicsHaveNothingElse() throws Exception {
        Set<String> ids = new TreeSet<>();
        for (Map.Entry<Path, Posted> posted : POSTED.entrySet()) {
            if (Fixtures.expected(posted.getKey()).has("record")) {
                assertTrue(ids.add(posted.getValue().event.get("event_id").toString()), () -> "twice: " + posted);
            }
        }
        assertEquals(ids, new TreeSet<>(records.keySet()));
    }

    private static List<ConsumerRecord<String, byte[]>> records(Map<String, Object> event) {
        return records.getOrDefault(event.get("event_id").toString(), List.of());
    }

    /** Those of the expectation, those that every record has, and what only the event knows. */
    private static Map<String, String> headers(JsonNode expected, Posted posted) {
        Map<String, String> headers = new TreeMap<>();
        expected.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        headers.put("content-type", "application/json");
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", posted.event.get("event_id").toString());
        headers.put("ce_sequence", posted.event.get("event_order").toString());
        if ("arrival".equals(headers.get("ce_time"))) {
            Instant arrival = occurredAt(posted.event.get("event_id"));
            assertFalse(arrival.isBefore(posted.from) || arrival.isAfter(posted.to), arrival::toString);
            headers.put("ce_time", arrival.toString());
        }
        return headers;
    }

    private static Instant occurredAt(Object event) {
        return bundle.database().with(handle -> handle.select("select occurred_at from event where event_id = ?", event)
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> {
            String value = new String(header.value(), StandardCharsets.UTF_8);
            assertNull(headers.put(header.key(), value), () -> "twice: " + header.key());
        });
        return headers;
    }
}
