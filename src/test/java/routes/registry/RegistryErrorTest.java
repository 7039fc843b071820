package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The codes of the registry's errors: documented, each its own. */
class RegistryErrorTest {

    @Test
    void thePageForPartnersListsThemAll() throws Exception {
        List<String> documented = Files.readString(Path.of("docs/callbacks.md"))
                .lines()
                .filter(line -> line.matches("\\| \\d{6} \\|.*"))
                .toList();
        assertEquals(
                Arrays.stream(RegistryError.values())
                        .map(error -> "| " + error.code() + " | " + error.status() + " | " + error.message() + " |")
                        .toList(),
                documented);
    }

    @Test
    void everyCodeIsThereOnce() {
        Set<String> codes =
                Arrays.stream(RegistryError.values()).map(RegistryError::code).collect(Collectors.toSet());
        assertEquals(RegistryError.values().length, codes.size());
    }

    @ParameterizedTest
    @EnumSource
    void aCodeHasSixDigits(RegistryError error) {
        assertTrue(error.code().matches("\\d{6}"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 020001",
        "401, 010001",
        "403, 010002",
        "404, 030001",
        "409, 020001",
        "413, 050701",
        "415, 050702",
        "500, 090002",
        "502, 090002",
        "503, 090001"
    })
    void aRefusalOfSomebodyElseHasTheCodeOfItsStatus(int status, String code) {
        assertEquals(code, RegistryError.of(status).code());
    }
}
