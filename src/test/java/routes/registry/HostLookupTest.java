package routes.registry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Addresses;

/** A name server that does not answer holds up nobody for long, and not those who ask for other hosts. */
class HostLookupTest {

    private static final int MOST = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final HostLookup lookup = new HostLookup(
            new InMemoryDnsResolver() {
                @Override
                public InetAddress[] resolve(String host) throws UnknownHostException {
                    asked.incrementAndGet();
                    if (host.startsWith("hanging")) {
                        try {
                            released.await();
                        } catch (InterruptedException e) {
                            throw new UnknownHostException(host);
                        }
                    }
                    if (host.startsWith("unknown")) {
                        throw new UnknownHostException(host);
                    }
                    return Addresses.of("192.0.2.1", "2001:db8::1");
                }
            },
            MOST);

    @AfterEach
    void release() {
        released.countDown();
        lookup.close();
        threads.shutdownNow();
    }

    @Test
    void findsAllAddressesInTheirOrder() throws Exception {
        assertArrayEquals(Addresses.of("192.0.2.1", "2001:db8::1"), lookup.find("partner.example"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "[2606:4700::1111], 2606:4700::1111"})
    void anAddressIsNotLookedUp(String host, String address) throws Exception {
        assertArrayEquals(Addresses.of(address), lookup.find(host));
        assertEquals(0, asked.get());
    }

    @Test
    void aHostIsLookedUpAnewEachTime() throws Exception {
        lookup.find("partner.example");
        lookup.find("partner.example");
        assertEquals(2, asked.get());
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        assertEquals("the host was not found", refusal("unknown.example"));
    }

    @Test
    void aLookupThatHangsIsGivenUp() {
        long start = System.nanoTime();
        assertEquals("the lookup took too long", refusal("hanging.example"));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(20)) < 0);
    }

    @Test
    void aHostThatHangsHoldsOneThreadHoweverOftenItIsAskedFor() throws Exception {
        List<CompletableFuture<String>> refusals =
                Stream.generate(() -> ask("hanging.example")).limit(10).toList();
        for (CompletableFuture<String> refusal : refusals) {
            assertEquals("the lookup took too long", refusal.get());
        }
        assertEquals(1, asked.get());
        assertEquals(2, lookup.find("partner.example").length);
    }

    @Test
    void whenTooManyHangTheNextOneFailsAtOnceAndLaterOnesAreFoundAgain() {
        ask("hanging-1.example");
        ask("hanging-2.example");
        await().until(() -> asked.get() == MOST);
        assertEquals("too many lookups", refusal("partner.example"));
        released.countDown();
        await().ignoreException(UnknownHostException.class).until(() -> lookup.find("partner.example").length == 2);
    }

    private CompletableFuture<String> ask(String host) {
        return CompletableFuture.supplyAsync(() -> refusal(host), threads);
    }

    private String refusal(String host) {
        return assertThrows(UnknownHostException.class, () -> lookup.find(host)).getMessage();
    }
}
