package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the camel CLI is told in application-dev.properties, against what the build says. */
class CamelRunTest {

    private static final String CAMEL = "org.apache.camel";
    /** It has these on its own class path, and nothing that it is told takes their place. */
    private static final Set<String> OF_THE_CLI = Set.of("io.vertx:", "org.slf4j:");

    /** Those that pom.xml only asks for in another version come first: of two versions the CLI takes the first one. */
    @Test
    void theCliIsToldTheDependenciesOfThePom() throws Exception {
        Set<String> managed =
                dependencies("/project/dependencyManagement/dependencies/dependency[not(scope = 'import')]");
        managed.removeIf(dependency -> OF_THE_CLI.stream().anyMatch(dependency::startsWith));
        List<String> told = Arrays.asList(
                development().getProperty("camel.jbang.dependencies").split("\\s*,\\s*"));
        assertEquals(managed, new TreeSet<>(told.subList(0, managed.size())));
        assertEquals(
                dependencies("/project/dependencies/dependency"),
                new TreeSet<>(told.subList(managed.size(), told.size())));
    }

    private static Set<String> dependencies(String where) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        XPath path = XPathFactory.newInstance().newXPath();
        NodeList dependencies = (NodeList) path.evaluate(where, pom, XPathConstants.NODESET);
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            String group = path.evaluate("groupId", dependencies.item(i));
            String artifact = path.evaluate("artifactId", dependencies.item(i));
            String property = path.evaluate("version", dependencies.item(i)).replaceAll("[${}]", "");
            expected.add(
                    group.equals(CAMEL)
                            ? artifact.replaceFirst("-", ":") // in the version of the CLI
                            : group + ":" + artifact + ":" + path.evaluate("/project/properties/" + property, pom));
        }
        return expected;
    }

    /** What keeps payloads and secrets out of the log, above all. */
    @Test
    void theCliIsToldTheLogLevelsOfTheBundle() throws Exception {
        Properties log = properties("src/main/resources/log4j2.properties");
        Map<String, String> expected = new TreeMap<>();
        log.stringPropertyNames().stream()
                .filter(key -> key.matches("logger\\.\\w+\\.name"))
                .filter(key -> !log.getProperty(key).startsWith("routes."))
                .forEach(key -> expected.put(
                        "logging.level." + log.getProperty(key),
                        log.getProperty(key.replace(".name", ".level")).toUpperCase(Locale.ROOT)));
        Map<String, String> told = new TreeMap<>();
        development().forEach((key, value) -> {
            if (key.toString().startsWith("logging.level.")) {
                told.put(key.toString(), value.toString());
            }
        });
        assertEquals(expected, told);
    }

    @Test
    void theFileOfTheCliIsNotInTheJarAndHasNoDemoSettings() throws Exception {
        assertNull(getClass().getResource("/application-dev.properties"));
        for (String key : development().stringPropertyNames()) {
            assertTrue(key.matches("(camel|logging|webhook)\\..+"), key);
        }
    }

    private static Properties development() throws Exception {
        return properties("application-dev.properties");
    }

    private static Properties properties(String file) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        }
        return properties;
    }
}
