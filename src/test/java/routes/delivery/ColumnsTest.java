package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final Object JSON = parse("""
            {"name": "Lakeside", "number": 12, "flag": true, "nothing": null, "object": {"x12-271": "ISA*"}, "list": [{"a": 1}, {"a": 2}],
             "at": "2026-05-11T09:30:58.402117999+02:00", "wrong": "yesterday", "deep": "text"}
            """);

    private static Object parse(String json) {
        try {
            return new ObjectMapper().readValue(json, Object.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                arguments("text", "$.name", "Lakeside"),
                arguments("a number", "$.number", "12"),
                arguments("a flag", "$.flag", "true"),
                arguments("a key with a hyphen", "$.object['x12-271']", "ISA*"),
                arguments("null", "$.nothing", null),
                arguments("missing", "$.missing", null),
                arguments("missing further down", "$.missing.below", null),
                arguments("below text", "$.deep.below", null),
                arguments("below null", "$.nothing.below", null),
                arguments("an object", "$.object", null),
                arguments("an array", "$.list", null),
                arguments("a key of an array", "$.list.a", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void aColumnIsAValueOrNull(String what, String path, String expected) {
        assertEquals(expected, Columns.of(JSON).id("column", path).values().get("column"));
    }

    @Test
    void textIsCutToItsColumn() {
        assertEquals("Lake", Columns.of(JSON).text("name", "$.name", 4).values().get("name"));
    }

    @Test
    void everyColumnIsThereAlsoWithoutAPayload() {
        var values = Columns.of(null)
                .set("tenant", "t")
                .id("name", "$.name")
                .time("at", "$.at")
                .values();
        assertEquals(java.util.Set.of("tenant", "name", "at", "at_text"), values.keySet());
        assertNull(values.get("name"));
    }

    @ParameterizedTest
    @CsvSource({
        "12,                      12.0000",
        "1.5,                     1.5000",
        "'\"30\"',                30.0000",
        "0.00005,                 0.0001",
        "-1,                      -1.0000",
        "'\"999999999999999.9999\"', 999999999999999.9999",
        "'\"999999999999999.99999\"', ",
        "1e15,                    ",
        "1e300,                   ",
        "1e400,                   ",
        "'\"1e999999999\"',       ",
        "'\"1e-999999999\"',      ",
        "'\"thirty\"',            ",
        "true,                    ",
        "[1],                     "
    })
    void aNumberThatDoesNotFitIsNull(String json, BigDecimal expected) {
        Object number = parse("{\"n\": " + json + "}");
        assertEquals(expected, Columns.of(number).number("n", "$.n").values().get("n"));
    }

    @Test
    void aFlagIsTrueOrFalseAndNothingElse() {
        assertEquals(true, Columns.of(JSON).flag("flag", "$.flag").values().get("flag"));
        assertNull(Columns.of(JSON).flag("flag", "$.name").values().get("flag"));
        assertNull(Columns.of(JSON).flag("flag", "$.nothing").values().get("flag"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-11,           2026-05-11",
        "2026-05-11T23:00:00Z, 2026-05-11",
        "2026-02-30,           ",
        "05/11/2026,           ",
        "0000-12-31,           ",
        "-999999999-01-01,     ",
        "soon,                 "
    })
    void aDayKeepsItsText(String text, LocalDate expected) {
        var values =
                Columns.of(java.util.Map.of("day", text)).date("day", "$.day").values();
        assertEquals(expected, values.get("day"));
        assertEquals(text, values.get("day_text"));
    }

    @Test
    void aTimeKeepsItsNanosecondsAsText() {
        var values = Columns.of(JSON).time("at", "$.missing", "$.at").values();
        assertEquals(OffsetDateTime.parse("2026-05-11T07:30:58.402117999Z"), values.get("at"));
        assertEquals("2026-05-11T09:30:58.402117999+02:00", values.get("at_text"));
    }

    @Test
    void aTimeThatIsNoneKeepsOnlyItsText() {
        var values = Columns.of(JSON).time("at", "$.wrong").values();
        assertNull(values.get("at"));
        assertEquals("yesterday", values.get("at_text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-11T07:30:58Z", "2026-05-11T07:30:58.000000000Z", "2026-05-11T09:30:58+02:00"})
    void spellingsOfOneInstantAreEqual(String text) {
        assertEquals(OffsetDateTime.parse("2026-05-11T07:30:58Z"), Columns.time(text));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "2026-05-11",
                "2026-05-11T09:30:58",
                "2026-02-30T09:30:58Z",
                "2026-05-11 09:30:58Z",
                "0000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "+999999999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00+18:00"
            })
    void whatNoDatabaseCouldKeepIsNoTime(String text) {
        assertNull(Columns.time(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.missing", "$.nothing", "$.name", "$.object", "$.missing.below"})
    void whatIsNoArrayIsAnEmptyList(String path) {
        assertEquals(List.of(), Columns.list(JSON, path));
    }

    @Test
    void aListHasTheObjectsOfTheArray() {
        assertEquals(2, Columns.list(JSON, "$.list").size());
        assertEquals(List.of(), Columns.list(null, "$.list"));
    }
}
