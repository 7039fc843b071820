package routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static routes.support.AccessRcSender.BAD_REQUEST;
import static routes.support.AccessRcSender.EXCEPTION;
import static routes.support.AccessRcSender.UNAUTHORIZED;
import static routes.support.AccessRcSender.signed;
import static routes.support.AccessRcSender.unsigned;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
import routes.support.AccessRcSender;
import routes.support.Bundle;
import routes.support.Proxy;
import routes.support.TestDatabase;

/** The ways other than signatures in which AccessRC may be let in; and what it is told when it cannot be served. */
@ParameterizedClass
@EnumSource
class AccessRcAuthIT {

    private static final String REFUND = "delivery.refund_requested";

    private static Bundle key;
    private static Bundle basic;
    private static Bundle open;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        key = start(
                database,
                Map.of("auth", "header", "header-name", "X-Partner-Key", "secrets", "the old key, k3y=with+signs"));
        basic = start(database, Map.of("auth", "basic", "username", "access", "password", "the old one, pass:wörd"));
        open = start(database, Map.of("auth", "none"));
    }

    private static Bundle start(TestDatabase database, Map<String, String> sender) {
        Map<String, String> settings = new HashMap<>();
        sender.forEach((name, value) -> settings.put("sender.accessrc." + name, value));
        return Bundle.start(database.create(), settings);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        key.close();
        basic.close();
        open.close();
    }

    /** Bundle, header, values. */
    static Stream<Arguments> letIn() {
        return Stream.of(
                arguments("key", "X-Partner-Key", List.of("k3y=with+signs")),
                arguments("key", "x-partner-key", List.of("the old key")),
                arguments("basic", "Authorization", List.of(basic("access:pass:wörd"))),
                arguments("basic", "Authorization", List.of(basic("access:the old one"))),
                arguments(
                        "basic",
                        "authorization",
                        List.of(basic("access:pass:wörd").replace("Basic", "bASIC"))),
                arguments("open", "x-signature", List.of("whatever")),
                arguments("open", "x-signature", List.of()));
    }

    static Stream<Arguments> refused() {
        String good = basic("access:pass:wörd");
        return Stream.of(
                arguments("key", "X-Partner-Key", List.of()),
                arguments("key", "X-Partner-Key", List.of("")),
                arguments("key", "X-Partner-Key", List.of("K3y=with+signs")),
                arguments("key", "X-Partner-Key", List.of("k3y=with+sign")),
                arguments("key", "X-Partner-Key", List.of("the old key, k3y=with+signs")),
                arguments("key", "X-Partner-Key", List.of("k3y=with+signs", "k3y=with+signs")),
                arguments("key", "X-Partner-Key", List.of("k3y=with+signs", "")),
                arguments("key", "x-api-key", List.of("k3y=with+signs")),
                arguments("key", "Authorization", List.of(basic("X-Partner-Key:k3y=with+signs"))),
                arguments("basic", "Authorization", List.of()),
                arguments("basic", "Authorization", List.of(basic("access:the old one, pass:wörd"))),
                arguments("basic", "Authorization", List.of("")),
                arguments("basic", "Authorization", List.of("Basic")),
                arguments("basic", "Authorization", List.of("Basic ")),
                arguments("basic", "Authorization", List.of("Basic !")),
                arguments("basic", "Authorization", List.of("Bearer " + good.substring(6))),
                arguments("basic", "Authorization", List.of(good.substring(6))),
                arguments("basic", "Authorization", List.of(good, good)),
                arguments("basic", "Authorization", List.of(basic("access:pass"))),
                arguments("basic", "Authorization", List.of(basic("access:"))),
                arguments("basic", "Authorization", List.of(basic(":pass:wörd"))),
                arguments("basic", "Authorization", List.of(basic("accesspass:wörd"))),
                arguments("basic", "Authorization", List.of(basic("Access:pass:wörd"))),
                arguments("basic", "Authorization", List.of(basic("access:pass:wörd\n"))));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static Bundle bundle(String name) {
        return name.equals("key") ? key : name.equals("basic") ? basic : open;
    }

    private static HttpResponse<String> post(String bundle, String header, List<String> values, byte[] body)
            throws Exception {
        HttpRequest.Builder request = unsigned(bundle(bundle), REFUND, body);
        values.forEach(value -> request.header(header, value));
        return bundle(bundle).send(request);
    }

    @ParameterizedTest
    @MethodSource("letIn")
    void whoeverKnowsIsLetIn(String name, String header, List<String> values) throws Exception {
        byte[] body = refund();
        assertEquals(200, post(name, header, values, body).statusCode());
        assertEquals("accepted", bundle(name).select("select state from event where body_hash = ?", (Object)
                Bundle.hash(body)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whoDoesNotKnowIsRefusedBeforeAnythingIsParsed(String name, String header, List<String> values)
            throws Exception {
        for (String body : List.of("{\"deliveryId\":\"x\"}", "{\"deliveryId\":")) {
            HttpResponse<String> response = post(name, header, values, body.getBytes(StandardCharsets.UTF_8));
            assertEquals(401, response.statusCode());
            assertFalse(response.headers().firstValue("WWW-Authenticate").isPresent(), "tells how one would be let in");
            assertEquals(UNAUTHORIZED, response.body());
            assertEquals("0", bundle(name).select("select count(*) from event where body_hash = ?", (Object)
                    Bundle.hash(body.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void aFormIsAnswered400() throws Exception {
        HttpRequest.Builder request =
                unsigned(open, REFUND, refund()).setHeader("Content-Type", "application/x-www-form-urlencoded");
        HttpResponse<String> response = open.send(request);
        assertEquals(400, response.statusCode());
        assertEquals(BAD_REQUEST, response.body());
    }

    @Test
    void withoutASchemeItIsNotThere() throws Exception {
        try (Bundle off = Bundle.start(database.create(), Map.of("sender.accessrc.secrets", "s3"))) {
            for (HttpRequest.Builder request : List.of(
                    signed(off, REFUND, refund()), signed(off, REFUND, refund()).GET())) {
                HttpResponse<String> response = off.send(request);
                assertEquals(404, response.statusCode());
                assertEquals("not_found", Bundle.json(response).get("error").asText());
            }
        }
    }

    @Test
    void withoutTheDatabaseItIsAnswered500AndAskedToComeBack() throws Exception {
        assumeTrue(database == TestDatabase.POSTGRESQL, "an H2 file is not behind a network");
        Map<String, String> settings = AccessRcSender.settings();
        settings.put("inbox.commit-timeout-seconds", "5");
        Properties properties = database.create();
        byte[] body = refund();
        try (Proxy network = Proxy.before(properties);
                Bundle bundle = Bundle.start(properties, settings)) {
            network.cut();
            HttpResponse<String> response = AccessRcSender.post(bundle, REFUND, body);
            assertEquals(500, response.statusCode());
            assertEquals(EXCEPTION, response.body());
            assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
            network.mend();
            await().atMost(30, SECONDS)
                    .until(() -> AccessRcSender.post(bundle, REFUND, body).statusCode() == 200);
            assertEquals("1", bundle.select("select count(*) from event"));
        }
    }

    /** Refused before any route, as when too many come at once. */
    @Test
    void tooMuchAtOnceIsAnswered500AndAskedToComeBack() throws Exception {
        Map<String, String> settings = AccessRcSender.settings();
        settings.put("http.max-requests", "1");
        try (Bundle bundle = Bundle.start(database.create(), settings);
                Socket first = new Socket("127.0.0.1", bundle.port())) {
            first.getOutputStream()
                    .write(("POST /webhooks/accessrc/" + REFUND
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(10, SECONDS).untilAsserted(() -> {
                HttpResponse<String> response = AccessRcSender.post(bundle, REFUND, refund());
                assertEquals(500, response.statusCode());
                assertEquals(EXCEPTION, response.body());
                assertTrue(response.headers().firstValue("Retry-After").isPresent());
            });
        }
    }

    private static byte[] refund() {
        return ("{\"deliveryId\":\"" + UUID.randomUUID() + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
