package routes.auth;

import java.time.Instant;

/**
 * What a token says that was verified.
 *
 * @param caller who has it
 * @param until how long it may be taken without being verified again
 */
record Verified(Caller caller, Instant until) {

    boolean isCurrent() {
        return until.isAfter(Instant.now());
    }
}
