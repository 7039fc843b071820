package routes.delivery;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import routes.config.Settings;

/**
 * The pauses between attempts.
 *
 * @param pauses the first before the second attempt, and so on; after the last one the delivery is dead
 * @param jitterPercent each pause is stretched by a random part of up to so many percent
 */
record RetrySchedule(List<Duration> pauses, int jitterPercent) {

    private static final Pattern PAUSE = Pattern.compile("(?:(\\d{1,4}) x )?(\\d{1,9})(ms|s|m|h)");

    /**
     * @param text such as {@code 1s, 5s, 2m, 8h}; {@code 10 x 1s} is ten pauses
     * @throws IllegalArgumentException naming the part that is no pause
     */
    static RetrySchedule parse(String text, int jitterPercent) {
        List<Duration> pauses =
                Settings.listed(text).stream().flatMap(RetrySchedule::pauses).toList();
        return new RetrySchedule(pauses, jitterPercent);
    }

    private static Stream<Duration> pauses(String text) {
        Matcher matcher = PAUSE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a pause: " + text + " (write 500ms, 5s, 2m, 8h or 10 x 5s)");
        }
        int times = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
        long number = Long.parseLong(matcher.group(2));
        Duration pause =
                switch (matcher.group(3)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        return Collections.nCopies(times, pause).stream();
    }

    /** The pause after that attempt (the first is 1); empty when it was the last. */
    Optional<Duration> after(int attempt) {
        if (attempt > pauses.size()) {
            return Optional.empty();
        }
        return Optional.of(stretched(pauses.get(attempt - 1)));
    }

    /** By a random part. */
    Duration stretched(Duration pause) {
        long most = pause.toMillis() * jitterPercent / 100;
        return pause.plusMillis(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1));
    }
}
