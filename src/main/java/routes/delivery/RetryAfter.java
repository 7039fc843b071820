package routes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * Reads the header {@code Retry-After} in both its forms: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @param least what is said to be sooner is as soon as this
 * @param most what is said to be later is as late as this
 */
record RetryAfter(Duration least, Duration most) {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

    RetryAfter {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "callback.retry-after-min must not be more than callback.retry-after-max");
        }
    }

    /** Empty when there is no such header, or it says nothing that can be understood. */
    Optional<Duration> of(String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text)).map(date -> bounded(Duration.between(now, date)));
    }

    private Duration bounded(Duration asked) {
        if (asked.compareTo(least) < 0) {
            return least;
        }
        return asked.compareTo(most) > 0 ? most : asked;
    }
}
