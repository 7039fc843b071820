package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The parameters of the templates are those that docs/adding-a-sender.md lists, word for word. */
class TemplatesTest extends CamelTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new Webhooks() {
            @Override
            public void configure() {
                super.configure();
                getRouteCollection().getRoutes().clear(); // the templates only
            }
        };
    }

    @Test
    void theGuideListsEveryParameter() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("docs/adding-a-sender.md")).stream()
                .filter(line -> line.matches("\\| `\\w+` \\| `(webhook|event)` \\|.*"))
                .toList();
        assertEquals(
                documented,
                Stream.of("webhook", "event")
                        .map(context::getRouteTemplateDefinition)
                        .flatMap(TemplatesTest::rows)
                        .toList());
    }

    private static Stream<String> rows(RouteTemplateDefinition template) {
        return template.getTemplateParameters().stream().map(parameter -> "| `%s` | `%s` | %s | %s |"
                .formatted(parameter.getName(), template.getId(), defaultValue(parameter), parameter.getDescription()));
    }

    private static String defaultValue(RouteTemplateParameterDefinition parameter) {
        String value = parameter.getDefaultValue();
        return value == null ? "required" : value.isEmpty() ? "none" : "`" + value + "`";
    }
}
