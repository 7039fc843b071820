package routes.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something failed within the current window of time, by any key. The memory is fixed: a key has one of 65,536 counters, and
 * may share it. Whoever shares one with somebody who guesses is only told sooner to wait when an attempt of its own fails.
 */
final class FailureCounts {

    private static final int COUNTERS = 1 << 16;
    private static final long COUNT = 0xFFFF_FFFFL;

    /** The window's number in the upper half, its count in the lower one. */
    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long windowMillis;
    private final InstantSource clock;

    FailureCounts(Duration window, InstantSource clock) {
        this.windowMillis = window.toMillis();
        this.clock = clock;
    }

    /** Counts one more. */
    int add(byte[] key) {
        long window = window();
        long counter = counters.updateAndGet(index(key), before -> {
            boolean same = before >>> 32 == window;
            return same && (before & COUNT) < Integer.MAX_VALUE ? before + 1 : same ? before : window << 32 | 1;
        });
        return (int) (counter & COUNT);
    }

    int get(byte[] key) {
        long counter = counters.get(index(key));
        return counter >>> 32 == window() ? (int) (counter & COUNT) : 0;
    }

    /** Seconds until all are counted anew. */
    int secondsLeft() {
        return (int) ((windowMillis - clock.millis() % windowMillis + 999) / 1000);
    }

    private long window() {
        return clock.millis() / windowMillis & COUNT;
    }

    private int index(byte[] key) {
        long hash = seed;
        for (byte b : key) {
            hash = (hash ^ b) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32) & (COUNTERS - 1);
    }
}
