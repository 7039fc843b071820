package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counting in a fixed memory, whoever comes. */
class FailureCountsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:10Z"));
    private final FailureCounts counts = new FailureCounts(Duration.ofMinutes(1), now::get);

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    @Test
    void countsWithinAWindowAndAnewInTheNext() {
        assertEquals(0, counts.get(key(1)));
        assertEquals(1, counts.add(key(1)));
        assertEquals(2, counts.add(key(1)));
        assertEquals(2, counts.get(key(1)));
        assertEquals(50, counts.secondsLeft());
        now.set(Instant.parse("2026-01-01T00:00:59.999Z"));
        assertEquals(3, counts.add(key(1)));
        assertEquals(1, counts.secondsLeft());
        now.set(Instant.parse("2026-01-01T00:01:00Z"));
        assertEquals(0, counts.get(key(1)));
        assertEquals(60, counts.secondsLeft());
        assertEquals(1, counts.add(key(1)));
    }

    @Test
    void aMillionAddressesTakeNoMoreMemoryAndHideNobody() {
        for (int i = 0; i < 30; i++) {
            counts.add(key(-1));
        }
        long before = used();
        IntStream.range(0, 1_000_000).forEach(i -> counts.add(key(i)));
        assertTrue(used() - before < 2_000_000, "nothing is kept of an address");
        assertTrue(counts.get(key(-1)) >= 30);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aFewAddressesDoNotMeet() {
        IntStream.range(0, 100).forEach(i -> counts.add(key(i)));
        long alone =
                IntStream.range(0, 100).filter(i -> counts.get(key(i)) == 1).count();
        assertTrue(alone >= 90, () -> "alone: " + alone);
    }

    @Test
    void countsTogetherWhatComesAtOnce() {
        IntStream.range(0, 10_000).parallel().forEach(i -> counts.add(key(7)));
        assertEquals(10_000, counts.get(key(7)));
    }
}
