package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.SignedPost;
import routes.support.TestRoutes;

/** Every fixture against the schema of its type, whose parts may be in other files: found in the jar as well as in a folder. */
@ParameterizedClass
@ValueSource(strings = {"classpath:schemas", "file:src/main/resources/schemas"})
class SchemasTest {

    private static final List<String> SENDERS = List.of("develop-health", "optum-connections", "accessrc");

    private static CamelContext context;

    @Parameter
    String root;

    @BeforeParameterizedClassInvocation
    static void start(String root) throws Exception {
        context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("webhook.schemas", root);
        context.getPropertiesComponent().addInitialProperty("webhook.drop-ins", "target/no-drop-ins");
        context.getRegistry().bind("schemas", new Schemas());
        context.getRegistry().bind("schema-errors", new SchemaErrors());
        context.addRoutes(new TestRoutes(routes -> routes.from("direct:validate")
                .errorHandler(routes.noErrorHandler())
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

    private static Exception failure(String sender, Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        Exchange exchange = ExchangeBuilder.anExchange(context).withBody(body).build();
        exchange.setVariable("sender", sender);
        exchange.setVariable("type", type(sender, file));
        return context.createProducerTemplate()
                .send("direct:validate", exchange)
                .getException();
    }

    /** Null for what is no JSON. */
    private static String type(String sender, Path file) throws IOException {
        if (sender.equals("accessrc")) {
            return AccessRcSender.type(file);
        }
        try {
            JsonNode json = Bundle.JSON.readTree(Files.readAllBytes(file));
            return sender.equals("develop-health")
                    ? json.path("event_type").asText()
                    : json.path("type").asText(json.at("/data/type").asText());
        } catch (JacksonException e) {
            return null;
        }
    }

    static Stream<Path> valid() {
        return SENDERS.stream().flatMap(sender -> Fixtures.in(sender + "/valid"));
    }

    static Stream<Path> invalid() {
        return SENDERS.stream()
                .flatMap(sender -> Fixtures.in(sender + "/invalid"))
                .filter(file -> !file.toString().contains("utf16"));
    }

    static Stream<Path> samples() {
        return SENDERS.stream().flatMap(SchemasTest::samples);
    }

    private static Stream<Path> samples(String sender) {
        try {
            return Files.list(Path.of("samples", sender))
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("missed-events.json")); // a list, for the import
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void isValid(Path file) throws Exception {
        assertNull(failure(SignedPost.sender(file), file));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isInvalid(Path file) throws Exception {
        assertInstanceOf(ValidationException.class, failure(SignedPost.sender(file), file));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsValidAndNamedByItsType(Path file) throws Exception {
        String sender = file.getParent().getFileName().toString();
        assertNull(failure(sender, file));
        assertEquals(file.getFileName().toString(), type(sender, file) + ".json");
    }
}
