package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Jwts;
import routes.support.TestDatabase;

/** The same bytes without an id of the sender's: the same notification within the window, and a new one after it. */
@ParameterizedClass
@EnumSource
class DedupWindowIT {

    /** So long that no test meets its end. */
    private static final Duration WINDOW = Duration.ofHours(10_000);

    private static Bundle bundle;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        bundle = Bundle.start(
                database.create(),
                Map.of(
                        "sender.develop-health.secrets",
                        "s3",
                        "sender.develop-health.dedup-window",
                        WINDOW.toHours() + "h"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    /** A parked one: nothing else refers to its row. */
    private static byte[] notification() {
        return ("{\"event_type\":\"unknown " + UUID.randomUUID() + "\"}").getBytes();
    }

    private static void post(byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of("s3"))
                .POST(BodyPublishers.ofByteArray(body));
        assertEquals(202, bundle.send(request).statusCode());
    }

    private static String events(byte[] body) {
        return bundle.select("select count(*) from event where body_hash = ?", (Object) Bundle.hash(body));
    }

    /** As if it had come in the span of time before or after this one. */
    private static void move(byte[] body, int spans) {
        Identity identity = Identity.of(
                "develop-health",
                "body",
                name -> null,
                EventId.hash(body),
                WINDOW,
                Instant.now().plus(WINDOW.multipliedBy(spans)));
        assertEquals(
                1,
                bundle.execute("update event set event_id = ? where body_hash = ?", identity.id(), Bundle.hash(body)));
    }

    private static void age(byte[] body, String interval) {
        bundle.execute(
                "update event set received_at = received_at - interval " + interval + " where body_hash = ?",
                Bundle.hash(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void withinTheWindowItIsTheSameAlsoAcrossTheEndOfASpan(int spans) throws Exception {
        byte[] body = notification();
        post(body);
        move(body, spans);
        age(body, "'9999' hour");
        post(body);
        assertEquals("1", events(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1})
    void afterTheWindowItIsANewEvent(int spans) throws Exception {
        byte[] body = notification();
        post(body);
        move(body, spans);
        age(body, "'10001' hour");
        post(body);
        assertEquals("2", events(body));
        post(body);
        assertEquals("2", events(body));
    }
}
