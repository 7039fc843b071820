package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said at the start of a sender that is not verified at all. */
class ChosenPolicyTest {

    private static final class Lines extends AbstractAppender {

        private final List<String> lines = new ArrayList<>();

        private Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none,   WARN sender.accessrc.auth = none: whoever reaches its path is believed",
        "hmac,   ",
        "header, ",
        "basic,  "
    })
    void onlyASchemeThatVerifiesNothingIsWarnedOfEveryTime(String scheme, String line) {
        Lines log = new Lines();
        log.start();
        Logger logger = (Logger) LogManager.getLogger(ChosenPolicy.class);
        logger.addAppender(log);
        try {
            for (int start = 0; start < 2; start++) {
                assertTrue(new ChosenPolicy(
                                new ChosenPolicy.Settings(
                                        "sender.accessrc", scheme, "a secret", "x-api-key", "name", "a password"),
                                "x-signature",
                                "sha256=")
                        .isOn());
            }
        } finally {
            logger.removeAppender(log);
        }
        assertEquals(line == null ? List.of() : List.of(line, line), log.lines);
    }
}
