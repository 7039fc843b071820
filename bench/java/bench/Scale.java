package bench;

import java.time.Duration;
import java.util.List;

/** How much is measured: the real thing, or just enough to see that it works. */
record Scale(List<Integer> connections, int rounds, Duration warmUp, Duration time) {

    static final Scale FULL = new Scale(List.of(16, 64, 256), 3, Duration.ofSeconds(15), Duration.ofSeconds(6));

    static final Scale DEV = new Scale(List.of(1, 16, 16), 1, Duration.ofSeconds(25), Duration.ofSeconds(8));

    static final Scale SMOKE = new Scale(List.of(4), 1, Duration.ofMillis(500), Duration.ofMillis(500));
}
