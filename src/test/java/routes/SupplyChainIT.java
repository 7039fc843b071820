package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.support.Bundle;

/** What the bill of materials of this build says: under which licences the bundle is, and that SECURITY.md speaks of what is in it. */
class SupplyChainIT {

    private static final String YES = "allowed";
    private static final String NO = "not-allowed";

    private static List<JsonNode> components;

    /**
     * A licence that somebody's components may have.
     *
     * @param component group and name; {@code *}: all
     */
    private record Allowed(String licence, String component) {

        static Allowed of(String line) {
            String[] columns = line.split("\\|");
            return new Allowed(columns[0].strip(), columns[1].strip());
        }

        boolean allows(String licence, String component) {
            return this.licence.equals(licence) && Set.of("*", component).contains(this.component);
        }
    }

    @BeforeAll
    static void read() throws Exception {
        JsonNode bom =
                Bundle.JSON.readTree(Path.of("target/webhook-routes-sbom.json").toFile());
        components =
                StreamSupport.stream(bom.get("components").spliterator(), false).toList();
        assertTrue(names().containsAll(Set.of("org.apache.camel:camel-main", "org.postgresql:postgresql")));
    }

    private static Set<String> names() {
        return components.stream().map(SupplyChainIT::name).collect(Collectors.toSet());
    }

    private static String name(JsonNode component) {
        return component.get("group").asText() + ":" + component.get("name").asText();
    }

    /** One of its licences, where it lets one choose; all that an expression joins by AND. */
    @Test
    void everyComponentHasALicenceThatIsAllowed() throws Exception {
        List<Allowed> allowed;
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/allowed-licences.csv"))) {
            allowed =
                    lines.filter(line -> !line.startsWith("#")).map(Allowed::of).toList();
        }
        Set<String> others = components.stream()
                .filter(component -> licences(component)
                        .noneMatch(expression -> isAllowed(expression, licence -> allowed.stream()
                                .anyMatch(one -> one.allows(licence, name(component))))))
                .map(component -> name(component) + " " + component.path("licenses"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), others, "add them to allowed-licences.csv with a reason, or do without them");
    }

    private static Stream<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(licence -> licence.has("expression")
                        ? licence.get("expression").asText()
                        : licence.at("/license/id").asText());
    }

    /** As SPDX has it: AND binds closer than OR, and a licence with an exception is another licence. */
    private static boolean isAllowed(String expression, Predicate<String> licence) {
        Matcher inner = Pattern.compile("\\(([^()]*)\\)").matcher(expression);
        if (inner.find()) {
            String value = isAllowed(inner.group(1), licence) ? YES : NO;
            return isAllowed(inner.replaceFirst(value), licence);
        }
        return Stream.of(expression.split(" OR ")).anyMatch(choice -> Stream.of(choice.split(" AND "))
                .map(String::strip)
                .allMatch(one -> one.equals(YES) || licence.test(one)));
    }

    @ParameterizedTest
    @CsvSource({
        "MIT, true",
        "X, false",
        "MIT OR X, true",
        "X OR MIT, true",
        "X OR Y, false",
        "MIT AND X, false",
        "X AND MIT, false",
        "MIT AND Apache-2.0, true",
        "X OR MIT AND Apache-2.0, true",
        "MIT AND (X OR Apache-2.0), true",
        "X AND (MIT OR Apache-2.0), false",
        "(MIT OR X) AND (Y OR (Apache-2.0 AND Z)), false",
        "MIT WITH X, false"
    })
    void anExpressionIsAllowedAsItsPartsAre(String expression, boolean allowed) {
        assertEquals(allowed, isAllowed(expression, Set.of("MIT", "Apache-2.0")::contains));
    }

    @Test
    void whatIsSaidNotToBeHereIsNot() throws Exception {
        Set<String> named = section("### Not in this bundle")
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 20, named::toString);
        named.retainAll(names().stream().map(name -> name.split(":")[1]).collect(Collectors.toSet()));
        assertEquals(Set.of(), named);
    }

    @Test
    void whatIsSaidToBeHereIs() throws Exception {
        Set<String> named = section("### In this bundle")
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 4, named::toString);
        named.removeAll(names().stream().map(name -> name.split(":")[1]).collect(Collectors.toSet()));
        assertEquals(Set.of(), named);
    }

    private static Matcher section(String title) throws Exception {
        String text = Files.readString(Path.of("SECURITY.md"));
        String from = text.substring(text.indexOf(title) + title.length());
        return Pattern.compile("(?<=`)camel-[a-z0-9-]+(?=`)").matcher(from.split("\n##", 2)[0]);
    }

    static Stream<String> libraries() throws Exception {
        String text = Files.readString(Path.of("SECURITY.md"));
        return Pattern.compile("(?m)^\\| `([a-z0-9.]+:[a-z0-9-]+)` \\| ([0-9][0-9A-Za-z.]*) \\|")
                .matcher(text)
                .results()
                .map(row -> row.group(1) + " " + row.group(2));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesAreInTheVersionsThatAreSaid(String library) {
        assertTrue(components.stream()
                .map(component ->
                        name(component) + " " + component.get("version").asText())
                .anyMatch(library::equals));
    }
}
