package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("plain text is kept", "success", "success"),
                arguments("blanks around it go", "  a b\t", "a b"),
                arguments("NUL goes", "a\u0000b", "ab"),
                arguments("control characters go", "a\r\n\u001b\u0085b", "ab"),
                arguments(
                        "letters of any language stay", "Gr\u00fc\u00dfe \u65e5\u672c", "Gr\u00fc\u00dfe \u65e5\u672c"),
                arguments("a pair of surrogates stays", "a\ud83d\ude00", "a\ud83d\ude00"),
                arguments("a lone high surrogate goes", "a\ud83db", "ab"),
                arguments("a lone low surrogate goes", "a\ude00b", "ab"),
                arguments("what fits exactly is kept", "123456789012", "123456789012"),
                arguments("what is longer is cut", "1234567890123", "123456789012"),
                arguments("a pair is not cut in two", "12345678901\ud83d\ude00", "12345678901"),
                arguments("a cut leaves no blank at the end", "12345678901 and more", "12345678901"),
                arguments("blanks before it do not count", " ".repeat(50) + "text", "text"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void textIsMadeFitForItsColumn(String what, String text, String expected) {
        assertEquals(expected, Text.clean(text, 12));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n", "\u0000", "\ud83d"})
    void textWithNothingInItIsNull(String text) {
        assertNull(Text.clean(text, 12));
        assertNull(Text.id(text, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISA*00*~\r\nGS*HB~\u001d\u001e ", "\t"})
    void aDocumentKeepsItsSeparators(String document) {
        assertEquals(document, Text.raw("\u0000" + document + "\ud83d", 100));
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments("task-1", "task-1"),
                arguments("task-1,", "task-1"),
                arguments("task-1 , ,", "task-1"),
                arguments(",task-1", ",task-1"),
                arguments("123456789012,", "123456789012"),
                arguments(",", null));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void commasAtTheEndOfAnIdGo(String text, String expected) {
        assertEquals(expected, Text.id(text, 12));
    }
}
