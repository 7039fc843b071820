package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Subscriber;
import routes.support.TestDatabase;

/** With production's settings a partner makes nobody here be called, whatever its host leads to, and when. */
class UrlGuardIT {

    private static final String PUBLIC = "8.8.8.8";
    private static final String REFUSED = " null the address of the partner may not be called";
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static ServerSocket internal;
    private static Bundle bundle;
    private static Subscriber partner;
    private static Subscriber other;

    @BeforeAll
    static void start() throws Exception {
        // on all addresses of this machine
        internal = new ServerSocket(Bundle.freePort());
        Thread counter = new Thread(UrlGuardIT::count, "internal");
        counter.setDaemon(true);
        counter.start();
        Map<String, String> settings = Subscriber.settings(List.of("partner", "other"));
        settings.put("callback.allowed-ports", Integer.toString(internal.getLocalPort()));
        settings.put("callback.workers", "2");
        settings.put("database.pool-size", "2");
        settings.put("callback.per-partner", "1");
        settings.put("callback.connect-timeout-seconds", "1");
        bundle = Bundle.start(TestDatabase.H2.create(), settings);
        partner = Subscriber.of(bundle, "partner");
        other = Subscriber.of(bundle, "other");
    }

    private static void count() {
        while (!internal.isClosed()) {
            try {
                internal.accept().close();
                CALLS.incrementAndGet();
            } catch (IOException e) {
                // closed
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.names().release();
        bundle.close();
        internal.close();
        THREADS.shutdownNow();
    }

    @BeforeEach
    void nobodyHasCalled() {
        CALLS.set(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "::1",
                "0.0.0.0",
                "::",
                "::ffff:127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "8.8.8.8+127.0.0.1",
                "127.0.0.1+8.8.8.8"
            })
    void aNameThatLeadsHereOnlyAfterItWasCheckedIsNotFollowed(String here) throws Exception {
        bundle.names().leadsTo("rebinding.example", PUBLIC, here);
        partner.at(url("rebinding.example"));
        String task = partner.tell();
        partner.awaitState(task, "dead");
        assertEquals(List.of("failed" + REFUSED, "dead" + REFUSED), partner.attempts(task));
        assertEquals(3, bundle.names().lookups("rebinding.example"), "once registered, twice called");
        assertEquals(0, CALLS.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "8.8.8.8+127.0.0.1"})
    void noTokenIsAskedForWhereNothingMayBeSent(String here) throws Exception {
        bundle.names().leadsTo("partner.example", PUBLIC);
        bundle.names().leadsTo("tokens.example", PUBLIC, here);
        other.at(url("partner.example"), url("tokens.example"));
        String task = other.tell();
        other.awaitState(task, "dead");
        assertEquals(List.of("failed" + REFUSED, "dead" + REFUSED), other.attempts(task));
        assertEquals(3, bundle.names().lookups("tokens.example"), "once registered, twice called");
        assertEquals(0, CALLS.get());
    }

    @Test
    void aTokenEndpointIsCheckedWhenItIsRegistered() {
        bundle.names().leadsTo("partner.example", PUBLIC);
        bundle.names().leadsTo("tokens.example", "10.11.12.13");
        String answer = assertThrows(
                        AssertionError.class, () -> other.at(url("partner.example"), url("tokens.example")))
                .getMessage();
        assertTrue(answer.startsWith("400 "), answer);
        assertTrue(answer.contains("\"021003\""), answer);
    }

    @Test
    void aConnectionIsMadeToTheAddressesThatWereCheckedAndNoOthers() throws Exception {
        try (Bundle opened = open()) {
            Subscriber subscriber = Subscriber.of(opened, "partner");
            // whoever looked it up once more in the first attempt would come here
            opened.names().leadsTo("rebinding.example", "10.255.255.1", "10.255.255.1", "127.0.0.1");
            subscriber.at(url("rebinding.example"));
            String task = subscriber.tell();
            subscriber.awaitState(task, "dead");
            List<String> attempts = subscriber.attempts(task);
            assertFalse(attempts.get(0).endsWith(REFUSED), "it was connected to, in vain");
            assertEquals("dead" + REFUSED, attempts.get(1));
            assertEquals(3, opened.names().lookups("rebinding.example"));
            assertEquals(0, CALLS.get());
        }
    }

    private static Bundle open() {
        Map<String, String> settings = Subscriber.settings(List.of("partner"));
        settings.put("callback.allowed-ports", Integer.toString(internal.getLocalPort()));
        settings.put("callback.allowed-networks", "10.255.255.0/24");
        settings.put("callback.connect-timeout-seconds", "1");
        return Bundle.start(TestDatabase.H2.create(), settings);
    }

    /** However they came into the table: by an older version, or before the settings were changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "https://127.0.0.1:PORT/",
                "https://localhost:PORT/",
                "https://[::1]:PORT/",
                "https://[::ffff:7f00:1]:PORT/",
                "https://2130706433:PORT/",
                "https://0177.0.0.1:PORT/",
                "https://partner.example@127.0.0.1:PORT/",
                "https://partner.example:22/"
            })
    void whatIsInTheTableIsNotTrusted(String url) throws Exception {
        bundle.names().leadsTo("partner.example", PUBLIC);
        bundle.names().leadsTo("localhost", "127.0.0.1");
        partner.at(url("partner.example"));
        bundle.execute(
                "update callback set url = ? where partner_id = 'partner'",
                url.replace("PORT", Integer.toString(internal.getLocalPort())));
        String task = partner.tell();
        partner.awaitState(task, "dead");
        assertEquals(List.of("failed" + REFUSED, "dead" + REFUSED), partner.attempts(task));
        assertEquals(0, CALLS.get());
    }

    @ParameterizedTest
    @CsvSource({
        "https://inside.example:PORT/,  020306",
        "https://10.0.0.1:PORT/,        020306",
        "https://inside.example/,       020305",
        "https://127.1:PORT/,           020302",
        "http://inside.example:PORT/,   020303"
    })
    void aPartnerIsToldWhyButNotWhereItsHostLeads(String url, String code) {
        bundle.names().leadsTo("inside.example", "8.8.8.8+10.11.12.13");
        String where = url.replace("PORT", Integer.toString(internal.getLocalPort()));
        String answer =
                assertThrows(AssertionError.class, () -> partner.at(where)).getMessage();
        assertTrue(answer.startsWith("400 "), answer);
        assertTrue(answer.contains("\"" + code + "\""), answer);
        assertFalse(answer.contains("10.11.12.13"), answer);
    }

    @Test
    void aHostWhoseLookupHangsHoldsUpNobody() throws Exception {
        long start = System.nanoTime();
        partner.at(url("hanging.example"));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30, "it is registered all the same");
        bundle.names().leadsTo("rebinding.example", PUBLIC, "127.0.0.1");
        other.registry().delete("other", 1);
        other.at(url("rebinding.example"));
        String waiting = partner.tell();
        await().until(() -> bundle.names().lookups("hanging.example") > 1);
        String task = other.tell();
        other.awaitState(task, "dead");
        assertTrue(partner.attempts(waiting).size() < 2, "it hangs");
        partner.awaitState(waiting, "dead");
        partner.attempts(waiting)
                .forEach(attempt -> assertTrue(attempt.matches("(failed|dead) null UnknownHostException.*"), attempt));
    }

    @Test
    void registrationsWhoseLookupsHangHoldNoConnectionToTheDatabase() {
        List<CompletableFuture<String>> registrations = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> register(url("hanging-" + i + ".example")), THREADS))
                .toList();
        await().until(() ->
                IntStream.range(0, 5).allMatch(i -> bundle.names().lookups("hanging-" + i + ".example") == 1));
        assertTrue(registrations.stream().noneMatch(CompletableFuture::isDone), "all wait at once");
        registrations.forEach(CompletableFuture::join);
    }

    private static String register(String url) {
        try {
            return partner.at(url);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static String url(String host) {
        return "https://" + host + ":" + internal.getLocalPort() + "/hook";
    }
}
