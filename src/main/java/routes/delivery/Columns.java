package routes.delivery;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Columns of a row, taken out of a parsed payload: the named parameters of a statement. What is missing, null or of
 * another kind becomes null, and text is cut to its column: a payload that was accepted must not fail to be delivered.
 */
public final class Columns {

    private static final Configuration LENIENT = Configuration.defaultConfiguration()
            .addOptions(Option.DEFAULT_PATH_LEAF_TO_NULL, Option.SUPPRESS_EXCEPTIONS);
    private static final Map<String, JsonPath> PATHS = new ConcurrentHashMap<>();
    private static final int ID = 200;
    private static final int DOCUMENT = 10 * 1024 * 1024;

    private final Object json;
    private final Map<String, Object> values = new HashMap<>();

    private Columns(Object json) {
        this.json = json;
    }

    /** Columns of that JSON value, which is a parsed one. */
    static Columns of(Object json) {
        return new Columns(json);
    }

    /** The objects of an array; empty when there is no array. */
    static List<?> list(Object json, String path) {
        return read(json, path) instanceof List<?> list ? list : List.of();
    }

    /** A value that does not come from the payload. */
    public Columns set(String column, Object value) {
        values.put(column, value);
        return this;
    }

    /** An id, a code, or another word of up to 200 characters. */
    public Columns id(String column, String path) {
        values.put(column, Text.id(string(json, path), ID));
        return this;
    }

    /** Text of up to so many characters. */
    public Columns text(String column, String path, int length) {
        values.put(column, Text.clean(string(json, path), length));
        return this;
    }

    /** A document within the document: its line ends and control characters may be its separators. */
    public Columns document(String column, String path) {
        values.put(column, Text.raw(string(json, path), DOCUMENT));
        return this;
    }

    /** Whether something is so; null when it says neither true nor false. */
    public Columns flag(String column, String path) {
        values.put(column, read(json, path) instanceof Boolean flag ? flag : null);
        return this;
    }

    /** A number with up to 15 digits before the point and four behind it. */
    public Columns number(String column, String path) {
        values.put(column, number(string(json, path)));
        return this;
    }

    /** A whole number of up to nine digits. */
    public Columns count(String column, String path) {
        String text = string(json, path);
        values.put(column, text != null && text.matches("\\d{1,9}") ? Integer.valueOf(text) : null);
        return this;
    }

    /** Two columns: the day, and {@code <column>_text} as it came, which may have more to it than the day. */
    public Columns date(String column, String path) {
        String text = Text.clean(string(json, path), 64);
        values.put(column, date(text));
        values.put(column + "_text", text);
        return this;
    }

    /** Two columns: the time with the microseconds a database keeps, and {@code <column>_text} as it came. */
    public Columns time(String column, String... paths) {
        String text = null;
        for (int i = 0; i < paths.length && text == null; i++) {
            text = Text.clean(string(json, paths[i]), 64);
        }
        values.put(column, time(text));
        values.put(column + "_text", text);
        return this;
    }

    public Map<String, Object> values() {
        return values;
    }

    /** A time as ISO 8601 has it, with up to nine digits of a second; null when it is none, or outside years 1 to 9999. */
    public static OffsetDateTime time(String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return time.getYear() < 1 || time.getYear() > 9999 ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = text == null ? null : LocalDate.parse(text.substring(0, Math.min(text.length(), 10)));
            return date == null || date.getYear() < 1 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static BigDecimal number(String text) {
        try {
            BigDecimal number = text == null || text.length() > 40 ? null : new BigDecimal(text);
            if (number == null || Math.abs(number.scale()) > 40) { // rounding takes time and room in proportion
                return null;
            }
            BigDecimal rounded = number.setScale(4, RoundingMode.HALF_UP);
            return rounded.precision() > 19 ? null : rounded;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether there is something but null. */
    static boolean has(Object json, String path) {
        return read(json, path) != null;
    }

    private static Object read(Object json, String path) {
        return json == null
                ? null
                : PATHS.computeIfAbsent(path, JsonPath::compile).read(json, LENIENT);
    }

    /** Text, a number, true or false as text; else null. */
    static String string(Object json, String path) {
        Object value = read(json, path);
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }
}
