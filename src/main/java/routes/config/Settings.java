package routes.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** The properties, read when a bean starts; a value of the wrong kind stops the start with the property's name. */
public record Settings(CamelContext context) {

    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([smh])");

    /** The text of the property; empty when it is set to nothing. */
    public String text(String key) {
        return context.resolvePropertyPlaceholders("{{" + key + "}}").strip();
    }

    /** The texts that the property has between commas; empty when it is set to nothing. */
    public List<String> list(String key) {
        return listed(text(key));
    }

    /** The texts between commas, without blanks at their ends; none that is empty. */
    public static List<String> listed(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** @throws IllegalArgumentException naming the property, when it is no whole number */
    public int integer(String key) {
        return Math.toIntExact(number(key));
    }

    /** @throws IllegalArgumentException naming the property, when it is no whole number */
    public long number(String key) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number");
        }
    }

    /** @throws IllegalArgumentException naming the property, when it is no whole number, or less than 1 */
    public int positive(String key) {
        return Math.toIntExact(positiveNumber(key));
    }

    /** @throws IllegalArgumentException naming the property, when it is no whole number, or less than 1 */
    public long positiveNumber(String key) {
        long number = number(key);
        if (number < 1) {
            throw new IllegalArgumentException(key + " must be at least 1");
        }
        return number;
    }

    /** @throws IllegalArgumentException naming the property, when it is no time of at least a second */
    public Duration duration(String key) {
        Matcher matcher = DURATION.matcher(text(key));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key + " must be a time such as 90s, 10m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** Whether the property is {@code true}. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }
}
