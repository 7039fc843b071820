package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.LogOf;

/** What is said at the start of a sender that is not verified at all. */
class ChosenPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "none,   WARN sender.accessrc.auth = none: whoever reaches its path is believed",
        "hmac,   ",
        "header, ",
        "basic,  "
    })
    void onlyASchemeThatVerifiesNothingIsWarnedOfEveryTime(String scheme, String line) {
        try (LogOf log = new LogOf(ChosenPolicy.class)) {
            for (int start = 0; start < 2; start++) {
                assertTrue(new ChosenPolicy(
                                new ChosenPolicy.Settings(
                                        "sender.accessrc", scheme, "a secret", "x-api-key", "name", "a password"),
                                "x-signature",
                                "sha256=")
                        .isOn());
            }
            assertEquals(line == null ? List.of() : List.of(line, line), log.lines());
        }
    }
}
