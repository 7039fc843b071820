package bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark, made so short that its figures say nothing: it can be run. */
class BenchmarkIT {

    @ParameterizedTest
    @ValueSource(strings = {"accepts", "memory", "start"})
    void aPartFindsFigures(String part) throws Exception {
        findsFigures(part);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "neighbours", "growth", "instances", "watching"})
    void everyOtherPartFindsFigures(String part) throws Exception {
        findsFigures(part);
    }

    private static void findsFigures(String part) throws Exception {
        String found = Benchmark.measure(part, Scale.SMOKE);
        assertTrue(found.contains("| --- |"), found);
        assertFalse(found.contains("NaN") || found.contains("Infinity"), found);
        // the last column of accepts, a line of memory
        boolean counted = found.contains("failed");
        assertTrue(!counted || found.lines().anyMatch(line -> line.endsWith("| 0 |")), found);
        assertFalse(
                counted && found.lines().anyMatch(line -> line.matches("(\\| \\d+: .*|\\| failed )\\| [1-9]\\d* \\|")),
                found);
    }
}
