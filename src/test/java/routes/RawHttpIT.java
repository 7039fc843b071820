package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.RawConnection.statuses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.RawConnection;
import routes.support.TestDatabase;

/**
 * What is not quite HTTP, byte by byte: none of it is guessed at. What one server takes for a body, and the next for another request, is
 * how requests are smuggled past whoever is in front; so behind most of these is such a request, and none of them may be stored.
 */
class RawHttpIT {

    private static final int CONNECTIONS = 40;
    private static final List<String> OF_EVERY_ANSWER = List.of(
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'",
            "referrer-policy: no-referrer");

    private static final AtomicInteger asked = new AtomicInteger();

    private static Bundle bundle;
    private static String token;

    /** What takes long to be sent. */
    private static final class Large extends RouteBuilder {

        @Override
        public void configure() {
            from("platform-http:/large")
                    .process(request -> asked.incrementAndGet())
                    .removeHeaders("*")
                    .setBody(constant("x".repeat(100_000)));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "http.head-timeout-seconds", "1",
                        "http.request-timeout-seconds", "1",
                        "http.answer-timeout-seconds", "1",
                        "http.idle-timeout-seconds", "3",
                        "http.max-connections", Integer.toString(CONNECTIONS)),
                new Large());
        token = bundle.token("optum");
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    /** Whatever came before, a good webhook still goes in. */
    @AfterEach
    void aGoodWebhookIsAnswered() throws Exception {
        assertEquals(List.of(204), statuses(RawConnection.exchange(bundle.port(), last())));
        bundle.execute("delete from delivery");
        bundle.execute("delete from event");
    }

    private static String line(String version) {
        return "POST /webhooks/coverage-discovery " + version + "\r\n";
    }

    /** Who posts, and what; its length is not told yet. */
    private static String post() {
        return line("HTTP/1.1") + headers();
    }

    private static String headers() {
        return "Host: x\r\nAuthorization: Bearer " + token + "\r\nx-optum-tenant-id: " + Bundle.TENANT
                + "\r\nContent-Type: application/json\r\n";
    }

    private static String task() {
        return new String(Fixtures.failedTask(UUID.randomUUID()), StandardCharsets.ISO_8859_1);
    }

    /** A whole request. */
    private static String good(String moreHeaders) {
        String task = task();
        return post() + moreHeaders + "Content-Length: " + task.length() + "\r\n\r\n" + task;
    }

    private static String last() {
        return good("Connection: close\r\n");
    }

    private static String chunks(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    // -------------------------------------------------------------------------------------------------- refused as a
    // whole

    /** Name, bytes, status. Each is answered once, in JSON, nothing is stored, and the connection ends. */
    static Stream<Arguments> refused() {
        return Stream.of(framing(), lines(), headersOfOthers()).flatMap(rows -> rows);
    }

    /** The head between the two, and then a body of nothing and another request. */
    private static Arguments framed(String name, String lengths) {
        return Arguments.of(name, post() + lengths + "\r\n\r\n0\r\n\r\n" + last(), 400);
    }

    private static Stream<Arguments> framing() {
        return Stream.of(
                framed("length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
                framed("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
                framed("length and chunks, in another case", "content-length: 5\r\ntransfer-encoding: CHUNKED"),
                framed("the same length twice", "Content-Length: 5\r\nContent-Length: 5"),
                framed("two lengths", "Content-Length: 5\r\nContent-Length: 0"),
                framed("two lengths in one", "Content-Length: 5, 5"),
                framed("a length with a plus", "Content-Length: +5"),
                framed("a negative length", "Content-Length: -5"),
                framed("no length at all", "Content-Length: "),
                framed("a length in hex", "Content-Length: 0x5"),
                framed("a length with a blank", "Content-Length: 1 5"),
                framed("a length beyond all numbers", "Content-Length: 99999999999999999999"),
                framed("a blank before the colon of the length", "Content-Length : 5"),
                framed("a length that goes on in the next line", "Content-Length:\r\n 5"),
                framed("chunks twice", "Transfer-Encoding: chunked, chunked"),
                framed("chunks in two headers", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                framed("another coding, then chunks", "Transfer-Encoding: gzip, chunked"),
                framed("chunks, then another coding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
                framed("identity", "Transfer-Encoding: identity"),
                framed("nearly chunked", "Transfer-Encoding: xchunked"),
                framed("chunked with a parameter", "Transfer-Encoding: chunked;q=1"),
                framed("chunked in quotes", "Transfer-Encoding: \"chunked\""),
                framed("no coding", "Transfer-Encoding: "),
                framed("a blank before the colon of the coding", "Transfer-Encoding : chunked"),
                framed("a tab before the colon of the coding", "Transfer-Encoding\t: chunked"),
                framed("a coding that goes on in the next line", "Transfer-Encoding:\r\n chunked"),
                framed("a coding with a vertical tab", "Transfer-Encoding: \u000bchunked"),
                framed("a coding with a NUL", "Transfer-Encoding: chunked\0"),
                framed("a coding behind a lone CR", "x-a: b\rTransfer-Encoding: chunked"),
                framed("a coding behind a lone LF", "x-a: b\nTransfer-Encoding: chunked"),
                framed(
                        "an old WebSocket, whose body has a length that no header tells",
                        "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2"),
                Arguments.of(
                        "HTTP/1.0 with two lengths",
                        line("HTTP/1.0") + headers() + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + last(),
                        400),
                Arguments.of(
                        "HTTP/1.0 with chunks",
                        line("HTTP/1.0") + headers() + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + last(),
                        400));
    }

    private static Stream<Arguments> lines() {
        String end = " HTTP/1.1\r\nHost: x\r\n\r\n" + last();
        return Stream.of(
                Arguments.of("HTTP/0.9", "GET /openapi.yaml\r\n" + last(), 400),
                Arguments.of("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + last(), 505),
                Arguments.of("HTTP/3", line("HTTP/3.0") + headers() + "\r\n" + last(), 505),
                Arguments.of("HTTP/1.2", line("HTTP/1.2") + headers() + "\r\n" + last(), 505),
                Arguments.of("a version in small letters", line("http/1.1") + headers() + "\r\n" + last(), 400),
                Arguments.of("a version of no number", line("HTTP/x.y") + headers() + "\r\n" + last(), 400),
                Arguments.of("two blanks", "GET  /openapi.yaml" + end, 400),
                Arguments.of("a tab", "GET\t/openapi.yaml" + end, 400),
                Arguments.of("a blank in the path", "GET /openapi.yaml /x" + end, 400),
                Arguments.of("a blank before it", " GET /openapi.yaml" + end, 400),
                Arguments.of("a control character in the path", "GET /openapi.yaml\u0001" + end, 400),
                Arguments.of("bytes beyond ASCII in the path", "GET /openapi\u00e4.yaml" + end, 400),
                Arguments.of("a fragment", "GET /openapi.yaml#x" + end, 400),
                Arguments.of("the absolute form", "GET http://x/openapi.yaml" + end, 400),
                Arguments.of("the asterisk form", "OPTIONS *" + end, 400),
                Arguments.of("CONNECT", "CONNECT x:443" + end, 400),
                Arguments.of("a method of no letters", "G@T /openapi.yaml" + end, 400),
                Arguments.of("lines that end in LF", "GET /openapi.yaml HTTP/1.1\nHost: x\n\n" + last(), 400),
                Arguments.of("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n" + last(), 400),
                Arguments.of("a long line", "GET /" + "x".repeat(5_000) + end, 414));
    }

    private static Arguments got(String name, String headers, int status) {
        return Arguments.of(name, "GET /openapi.yaml HTTP/1.1\r\n" + headers + "\r\n\r\n" + last(), status);
    }

    private static Stream<Arguments> headersOfOthers() {
        return Stream.of(
                got("no host", "x-a: b", 400),
                got("two hosts", "Host: x\r\nHost: x", 400),
                got("an empty host", "Host: ", 400),
                got("a host with a path", "Host: x/y", 400),
                got("a host with a user", "Host: a@b", 400),
                got("a host with a list", "Host: x, y", 400),
                got("a header without a colon", "Host: x\r\nx-a", 400),
                got("a header without a name", "Host: x\r\n: b", 400),
                got("a blank in a name", "Host: x\r\nx a: b", 400),
                got("a blank before a name", "Host: x\r\n x-a: b", 400),
                got("a blank before the first name", " x-a: b\r\nHost: x", 400),
                got("a NUL in a value", "Host: x\r\nx-a: b\0c", 400),
                got("a control character in a value", "Host: x\r\nx-a: b\u0001c", 400),
                got("a DEL in a value", "Host: x\r\nx-a: b\u007fc", 400),
                got("a lone CR in a value", "Host: x\r\nx-a: b\rc", 400),
                got("a byte beyond ASCII in a name", "Host: x\r\nx-\u00e4: b", 400),
                got("a value that goes on in the next line", "Host: x\r\nx-a: b\r\n\tc", 400),
                got("expects what nobody knows", "Host: x\r\nExpect: tea", 417),
                got("101 headers", "Host: x" + "\r\nx-a: b".repeat(100), 431),
                got("20 kB of one header", "Host: x\r\nx-a: " + "b".repeat(20_000), 431),
                got("20 kB of headers", "Host: x" + ("\r\nx-a: " + "b".repeat(1_000)).repeat(20), 431));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefused(String name, String request, int status) throws Exception {
        String answer = RawConnection.exchange(bundle.port(), request);
        assertEquals(List.of(status), statuses(answer), answer);
        assertTrue(answer.contains("\"error\":\"invalid_request\""), answer);
        assertSecure(answer);
        assertEquals("0", bundle.select("select count(*) from event"));
    }

    private static void assertSecure(String answer) {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        OF_EVERY_ANSWER.forEach(header -> assertTrue(head.contains(header), () -> header + " is not in " + head));
        assertFalse(head.contains("\r\nserver:"), head);
        assertFalse(head.contains("strict-transport-security"), head);
    }

    // ------------------------------------------------------------------------------------------- broken off, or
    // answered

    /** Name, bytes, statuses, events. */
    static Stream<Arguments> answered() {
        String task = task();
        String chunked = post() + "Transfer-Encoding: chunked\r\n";
        String ask = "Host: x\r\nConnection: close\r\n\r\n";
        return Stream.of(
                Arguments.of("a good one", last(), List.of(204), 1),
                Arguments.of("two good ones", good("") + last(), List.of(204, 204), 2),
                Arguments.of("chunks", chunked + "\r\n" + chunks(task) + last(), List.of(204, 204), 2),
                Arguments.of(
                        "chunks after a tab",
                        post() + "Transfer-Encoding:\tChunked\r\nConnection: close\r\n\r\n" + chunks(task),
                        List.of(204),
                        1),
                Arguments.of(
                        "chunks with an extension",
                        chunked + "Connection: close\r\n\r\n" + chunks(task).replaceFirst("\r\n", ";a=b\r\n"),
                        List.of(204),
                        1),
                Arguments.of(
                        "headers behind chunks",
                        chunked + "Connection: close\r\n\r\n"
                                + chunks(task)
                                        .replaceFirst(
                                                "\r\n\\z", "Content-Length: 5\r\nx-optum-tenant-id: other\r\n\r\n"),
                        List.of(204),
                        1),
                Arguments.of("empty lines before it", "\r\n\r\n" + last(), List.of(204), 1),
                Arguments.of(
                        "a chunk of no size",
                        chunked + "\r\n" + chunks(task).replaceFirst("^\\w+", "") + last(),
                        List.of(400),
                        0),
                Arguments.of(
                        "a chunk of no number",
                        chunked + "\r\n" + chunks(task).replaceFirst("^\\w+", "xyz") + last(),
                        List.of(400),
                        0),
                Arguments.of(
                        "a chunk of a negative size", chunked + "\r\n" + "-" + chunks(task) + last(), List.of(400), 0),
                Arguments.of(
                        "a chunk beyond all numbers",
                        chunked + "\r\n" + "ffffffffff" + chunks(task) + last(),
                        List.of(400),
                        0),
                Arguments.of(
                        "a chunk that is longer than it says", chunked + "\r\n" + "1\r\n{}" + last(), List.of(400), 0),
                Arguments.of(
                        "a chunk whose line ends in LF",
                        chunked + "\r\n" + chunks(task).replaceFirst("\r\n", "\n") + last(),
                        List.of(400),
                        0),
                Arguments.of(
                        "a chunk with a long extension",
                        chunked + "\r\n" + chunks(task).replaceFirst("\r\n", ";a=" + "b".repeat(9_000) + "\r\n")
                                + last(),
                        List.of(400),
                        0),
                Arguments.of(
                        "a body that is longer than it says",
                        post() + "Content-Length: 2\r\n\r\n{}" + task + last(),
                        List.of(400, 400),
                        1),
                Arguments.of(
                        "HTTP/1.0",
                        line("HTTP/1.0") + headers() + "Content-Length: " + task.length() + "\r\n\r\n" + task,
                        List.of(204),
                        1),
                Arguments.of(
                        "expects to be told to go on",
                        good("Expect: 100-continue\r\nConnection: close\r\n"),
                        List.of(100, 204),
                        1),
                Arguments.of(
                        "expects to be told, with too much",
                        post() + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n" + last(),
                        List.of(413),
                        0),
                Arguments.of(
                        "an upgrade to HTTP/2",
                        good("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n")
                                + last(),
                        List.of(204, 204),
                        2),
                Arguments.of(
                        "an upgrade to WebSockets",
                        "GET /openapi.yaml HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nHost: x\r\n\r\nGET /openapi.yaml HTTP/1.1\r\n"
                                + ask,
                        List.of(200, 200),
                        0),
                Arguments.of("TRACE", "TRACE /webhooks/coverage-discovery HTTP/1.1\r\n" + ask, List.of(405), 0),
                Arguments.of(
                        "a method that nobody knows",
                        "FOO /webhooks/coverage-discovery HTTP/1.1\r\n" + ask,
                        List.of(405),
                        0),
                Arguments.of("OPTIONS", "OPTIONS /webhooks/coverage-discovery HTTP/1.1\r\n" + ask, List.of(405), 0),
                Arguments.of(
                        "a body where nobody takes one",
                        post().replace("coverage-discovery", "nobody") + "Content-Length: " + last().length()
                                + "\r\n\r\n" + last(),
                        List.of(404),
                        0),
                Arguments.of(
                        "another request behind one that has been refused",
                        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" + last(),
                        List.of(404),
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answered")
    void isAnswered(String name, String request, List<Integer> statuses, int events) throws Exception {
        String answer = RawConnection.exchange(bundle.port(), request);
        assertEquals(statuses, statuses(answer), answer);
        assertEquals(Integer.toString(events), bundle.select("select count(*) from event"));
        if (statuses.get(0) != 100) {
            assertSecure(answer);
        }
    }

    // --------------------------------------------------------------------------------------------------------------
    // time

    /** Name, what comes at once, what comes a byte at a time, status. */
    static Stream<Arguments> slow() {
        String endless = "x".repeat(1_000);
        return Stream.of(
                Arguments.of("line", "", "GET /" + endless, 408),
                Arguments.of("headers", "GET / HTTP/1.1\r\nHost: x\r\nx-a: ", endless, 408),
                Arguments.of("empty lines", "", "\r\n".repeat(500), 408),
                Arguments.of("body", post() + "Content-Length: 1000\r\n\r\n", endless, 408),
                Arguments.of("chunk", post() + "Transfer-Encoding: chunked\r\n\r\nfff\r\n", endless, 408),
                Arguments.of("chunk size", post() + "Transfer-Encoding: chunked\r\n\r\n", "1;" + endless, 408));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void whoeverIsSlowIsNotWaitedFor(String name, String atOnce, String slowly, int status) throws Exception {
        try (RawConnection connection = new RawConnection(bundle.port())) {
            connection.write(atOnce);
            String answer = connection.drip(slowly, 100);
            assertEquals(List.of(status), statuses(answer), answer);
            assertSecure(answer);
        }
    }

    @Test
    void norIsTheNextRequestOnAConnection() throws Exception {
        try (RawConnection connection = new RawConnection(bundle.port())) {
            connection.write(good(""));
            assertEquals(List.of(204), statuses(connection.until("\r\n\r\n")));
            connection.forget();
            assertEquals(List.of(408), statuses(connection.drip("GET /" + "x".repeat(1_000), 100)));
        }
    }

    /** It has its 404, and would be free to go on for ever. */
    @Test
    void norIsTheRestOfABodyThatIsAnsweredAlready() throws Exception {
        try (RawConnection connection = new RawConnection(bundle.port())) {
            connection.write("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            assertEquals(List.of(404), statuses(connection.until("at this path")));
            connection.forget();
            connection.drip("x".repeat(1_000), 100);
        }
    }

    @Test
    void aConnectionWithoutAWordEnds() throws Exception {
        assertEquals("", RawConnection.exchange(bundle.port(), ""));
    }

    /** Asks for much in one write, and takes so many bytes of it every tenth of a second: others are served meanwhile. */
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1_000})
    void whoeverTakesNoAnswersGetsFew(int bytes) throws Exception {
        int requests = 3_000;
        asked.set(0);
        try (RawConnection connection = RawConnection.narrow(bundle.port())) {
            connection.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(requests));
            aGoodWebhookIsAnswered();
            await().pollInterval(Duration.ofMillis(100)).until(() -> connection.isEndedAfter(bytes));
        }
        assertTrue(asked.get() > 0 && asked.get() < requests / 10, () -> "worked on " + asked);
    }

    // ------------------------------------------------------------------------------------------------------------
    // numbers

    @Test
    void aHundredRequestsInOneWriteAreAnsweredInTheirOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean valid = i % 3 != 0;
            requests.append(valid ? good("") : post() + "Content-Length: 3\r\n\r\n{" + i % 10 + "}");
            expected.add(valid ? 204 : 400);
        }
        try (RawConnection connection = new RawConnection(bundle.port())) {
            connection.write(requests + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            expected.add(404);
            assertEquals(expected, statuses(connection.untilItEnds()));
        }
    }

    @Test
    void connectionsBeyondTheLimitEndAtOnceAndTheirPlacesAreFreeAgain() throws Exception {
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 10; i++) {
                connections.add(new RawConnection(bundle.port()));
            }
            Collections.reverse(connections);
            for (RawConnection beyond : connections.subList(0, 10)) {
                assertTrue(beyond.isEnded());
            }
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
        await().ignoreExceptions().until(() -> statuses(RawConnection.exchange(bundle.port(), last()))
                .equals(List.of(204)));
        IntStream.range(0, 2 * CONNECTIONS).forEach(i -> {
            try {
                RawConnection.exchange(bundle.port(), "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    // ---------------------------------------------------------------------------------------------------------
    // management

    @Test
    void theManagementServerIsAsStrictAndTellsNoMore() throws Exception {
        int port = bundle.management("/").getPort();
        String up =
                RawConnection.exchange(port, "GET /observe/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertEquals(List.of(200), statuses(up));
        assertSecure(up);
        for (String request : List.of(
                "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "PUT /observe/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n")) {
            String answer = RawConnection.exchange(port, request);
            assertTrue(statuses(answer).get(0) / 100 == 4, answer);
            assertTrue(answer.contains("{\"error\":\""), answer);
            assertSecure(answer);
        }
    }
}
