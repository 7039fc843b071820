package routes.delivery;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import java.time.DateTimeException;
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
        values.put(column, Text.id(string(path), ID));
        return this;
    }

    /** Text of up to so many characters. */
    public Columns text(String column, String path, int length) {
        values.put(column, Text.clean(string(path), length));
        return this;
    }

    /** A document within the document: its line ends and control characters may be its separators. */
    public Columns document(String column, String path) {
        values.put(column, Text.raw(string(path), DOCUMENT));
        return this;
    }

    /** Two columns: the time with the microseconds a database keeps, and {@code <column>_text} as it came. */
    public Columns time(String column, String... paths) {
        String text = null;
        for (int i = 0; i < paths.length && text == null; i++) {
            text = Text.clean(string(paths[i]), 64);
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

    private static Object read(Object json, String path) {
        return json == null
                ? null
                : PATHS.computeIfAbsent(path, JsonPath::compile).read(json, LENIENT);
    }

    private String string(String path) {
        Object value = read(json, path);
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }
}
