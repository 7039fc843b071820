package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;
import routes.support.TraceSink;
import routes.support.TraceSink.Ended;

/** One trace from the receipt over the commit to every delivery, also to one that is tried again, and on to partner and record. */
class TracesIT {

    private static KafkaBroker broker;
    private static Partner partner;
    private static TraceSink sink;
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker().start();
        partner = new Partner();
        sink = new TraceSink();
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.putAll(sink.settings());
        settings.put("kafka.brokers", broker.bootstrap());
        settings.put("callback.retry-schedule", "1s");
        bundle = started(settings);
        partner.answers("/p1", Partner.status(204));
    }

    private static Bundle started(Map<String, String> settings) throws Exception {
        Bundle bundle = Bundle.start(TestDatabase.POSTGRESQL.create(), settings);
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant("p1", Bundle.TENANT);
        registry.register("p1", 1, partner.url("/p1"));
        return bundle;
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
        sink.close();
        partner.close();
        broker.close();
    }

    /** Posts a task, waits until it is delivered everywhere, and answers its subject. */
    private static String post(Bundle bundle, String... headers) throws Exception {
        UUID id = UUID.randomUUID();
        HttpRequest.Builder request = bundle.request(bundle.token("optum"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        assertEquals(
                204,
                bundle.send(request.POST(BodyPublishers.ofByteArray(Fixtures.failedTask(id))))
                        .statusCode());
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> bundle.select(
                                "select count(*) from delivery join event using (event_id) where subject = ? and delivery.state <> 'delivered'",
                                id.toString()),
                        "0"::equals);
        return id.toString();
    }

    @Test
    void oneTraceFromTheReceiptToEveryDelivery() throws Exception {
        partner.answers("/p1", Partner.status(500), Partner.status(204));
        String subject = post(bundle);
        String event = bundle.select("select event_id from event where subject = ?", subject);
        Ended commit = span("commit", "event", event);
        await().atMost(Duration.ofSeconds(30)).until(() -> outcomes(commit)
                .containsAll(Set.of(
                        "callback/p1/1 1 failed",
                        "callback/p1/1 2 delivered",
                        "jdbc/coverage_discovery_task 1 delivered")));
        assertTrue(
                outcomes(commit).stream().anyMatch(outcome -> outcome.matches("kafka/coverage-discovery . delivered")));
        Ended receipt = await().until(
                        () -> of(commit.trace(), "platform-http:webhooks/coverage-discovery"),
                        found -> found.size() == 1)
                .get(0);
        assertEquals("", receipt.parent(), "it begins here");
        assertEquals(receipt.id(), commit.parent());
        assertEquals(
                Map.of("webhook.event", event, "webhook.sender", "coverage-discovery", "webhook.outcome", "accepted"),
                commit.attributes());

        assertEquals(
                Set.of(commit.id()),
                of(commit.trace(), "deliver").stream().map(Ended::parent).collect(Collectors.toSet()));
        assertEquals(2, of(commit.trace(), "http:callback").size());
        for (Ended sent : of(commit.trace(), "http:callback")) {
            assertTrue(partner.received("/p1").stream()
                    .anyMatch(request ->
                            request.headers().firstValue("traceparent").equals(Optional.of(header(sent)))));
        }
        Ended published = of(commit.trace(), "kafka:webhooks").get(0);
        assertTrue(broker.records("webhooks.coverage-discovery", 1).stream()
                .map(record -> record.headers().lastHeader("traceparent").value())
                .anyMatch(value -> header(published).equals(new String(value, StandardCharsets.UTF_8))));
    }

    /** Of the deliveries of an event: destination, attempt and outcome. */
    private static Set<String> outcomes(Ended commit) throws Exception {
        return of(commit.trace(), "deliver").stream()
                .map(Ended::attributes)
                .map(told -> told.get("webhook.destination") + " " + told.get("webhook.attempt") + " "
                        + told.get("webhook.outcome"))
                .collect(Collectors.toSet());
    }

    private static String header(Ended sent) {
        return "00-" + sent.trace() + "-" + sent.id() + "-01";
    }

    /** Threads are used again: what one request leaves behind must not be the parent of another. */
    @Test
    void everyReceiptBeginsATrace() throws Exception {
        Set<String> traces = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            String event = bundle.select("select event_id from event where subject = ?", post(bundle));
            assertTrue(traces.add(span("commit", "event", event).trace()));
        }
    }

    /** A sender could have its traces kept, or mix them up with others. */
    @Test
    void aTraceOfTheSenderIsNotGoneOnWith() throws Exception {
        String subject = post(bundle, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        String traceparent = bundle.select("select traceparent from event where subject = ?", subject);
        assertNotEquals("0af7651916cd43dd8448eb211c80319c", traceparent.split("-")[1]);
    }

    /** Camel ends no span of its own any more by then; what we say of the attempt must not be lost with it. */
    @Test
    void anAttemptThatEndsWhileItStopsIsTold() throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of("p1")));
        settings.putAll(sink.settings());
        Bundle other = started(settings);
        partner.answers("/p1", partner.hang());
        UUID id = UUID.randomUUID();
        other.post(other.token("optum"), Fixtures.failedTask(id));
        await().atMost(Duration.ofSeconds(30)).until(() -> partner.inProgress("/p1") == 1);
        String event = other.select("select event_id from event where subject = ?", id.toString());
        CompletableFuture<Void> closed = CompletableFuture.runAsync(other::close);
        await().atMost(Duration.ofSeconds(30)).until(() -> other.context().isStopping());
        partner.answers("/p1", Partner.status(204));
        partner.release();
        closed.get(1, TimeUnit.MINUTES);
        assertEquals(
                "callback/p1/1 1 delivered",
                outcomes(span("commit", "event", event)).stream()
                        .filter(outcome -> outcome.startsWith("callback"))
                        .findFirst()
                        .orElse("none"));
    }

    @Test
    void withoutTracesNothingIsStoredOrSent() throws Exception {
        try (Bundle other = started(Registry.clients(List.of("p1")))) {
            int before = partner.received("/p1").size();
            String subject = post(other);
            assertNull(other.select("select traceparent from event where subject = ?", subject));
            assertEquals(
                    Optional.empty(),
                    partner.received("/p1").get(before).headers().firstValue("traceparent"));
        }
    }

    private static Ended span(String name, String attribute, String value) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> sink.spans().stream()
                                .filter(span -> span.name().equals(name)
                                        && value.equals(span.attributes().get("webhook." + attribute)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<Ended> of(String trace, String name) throws Exception {
        return sink.spans().stream()
                .filter(span -> span.trace().equals(trace) && span.name().equals(name))
                .collect(Collectors.toList());
    }
}
