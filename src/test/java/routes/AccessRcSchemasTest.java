package routes;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.inbox.SchemaErrors;
import routes.inbox.Schemas;
import routes.support.AccessRcSender;
import routes.support.Fixtures;
import routes.support.TestRoutes;

/** Every fixture against the schema of its type, found in the jar as well as in a folder. */
@ParameterizedClass
@ValueSource(strings = {"classpath:schemas", "file:src/main/resources/schemas"})
class AccessRcSchemasTest {

    private static CamelContext context;

    @Parameter
    String root;

    @BeforeParameterizedClassInvocation
    static void start(String root) throws Exception {
        context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("webhook.schemas", root);
        context.getPropertiesComponent().addInitialProperty("webhook.drop-ins", "none");
        context.getRegistry().bind("schemas", new Schemas());
        context.getRegistry().bind("schema-errors", new SchemaErrors());
        context.addRoutes(new TestRoutes(routes -> routes.from("direct:validate")
                .errorHandler(routes.noErrorHandler())
                .setVariable("sender", routes.constant("accessrc"))
                .bean("schemas", "find")
                .toD("json-validator:${variable.schema}?errorHandler=#schema-errors"
                        + "&enabledDeserializationFeatures=FAIL_ON_TRAILING_TOKENS,FAIL_ON_READING_DUP_TREE_KEY")));
        context.addService(context.getRegistry().lookupByName("schemas"));
        context.start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        context.stop();
    }

    private Exchange validated(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        Exchange exchange = ExchangeBuilder.anExchange(context).withBody(body).build();
        exchange.setVariable("type", AccessRcSender.type(file));
        return context.createProducerTemplate().send("direct:validate", exchange);
    }

    static Stream<Path> valid() {
        return Fixtures.in("accessrc/valid");
    }

    static Stream<Path> invalid() {
        return Fixtures.in("accessrc/invalid").filter(file -> !file.toString().contains("utf16"));
    }

    static Stream<Path> samples() throws Exception {
        return Files.list(Path.of("samples/accessrc")).filter(Files::isRegularFile);
    }

    @ParameterizedTest
    @MethodSource({"valid", "samples"})
    void isValid(Path file) throws Exception {
        assertNull(validated(file).getException());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isInvalid(Path file) throws Exception {
        assertInstanceOf(ValidationException.class, validated(file).getException());
    }
}
