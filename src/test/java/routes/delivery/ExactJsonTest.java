package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactJsonTest {

    @ParameterizedTest
    @CsvSource({
        "12345678901234.5678, 12345678901234.5678",
        "100.00,              100.00",
        "100,                 100",
        "-0.10,               -0.10",
        "1e400,               1E+400",
        // no exact number has such an exponent
        "1e9999999999,        Infinity"
    })
    void aNumberKeepsItsDigits(String written, String read) throws Exception {
        byte[] json = ("[" + written + "]").getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "[" + read + "]",
                new ExactJson().unmarshal(null, new ByteArrayInputStream(json)).toString());
    }
}
