package routes.config;

import org.apache.camel.CamelContext;

/** The properties, read when a bean starts; a value of the wrong kind stops the start with the property's name. */
public record Settings(CamelContext context) {

    /** The text of the property; empty when it is set to nothing. */
    public String text(String key) {
        return context.resolvePropertyPlaceholders("{{" + key + "}}").strip();
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

    /** Whether the property is {@code true}. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }
}
