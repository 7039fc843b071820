package routes.delivery;

import java.time.Duration;
import java.util.UUID;

/**
 * One delivery that this instance may attempt once, until its lease ends.
 *
 * @param number the claim number: every later claim has a greater one, and a result counts only under the current one
 * @param attempt which attempt of the current generation this will be; the first is 1
 * @param leaseEnd on the clock of {@link System#nanoTime}, not later than the lease in the database
 * @param probe whether it finds out how a partner is that was left alone for a while
 */
record Claim(
        UUID deliveryId,
        UUID eventId,
        String destination,
        long number,
        int attempt,
        int generation,
        long leaseEnd,
        boolean probe) {

    String lane() {
        return Destination.lane(destination);
    }

    /** Whether an attempt that takes so long would still end within the lease. */
    boolean hasTimeFor(Duration attemptTime) {
        return leaseEnd - System.nanoTime() > attemptTime.toNanos();
    }
}
