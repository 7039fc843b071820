package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import routes.delivery.CallbackAuth;
import routes.delivery.CallbackRequest;
import routes.delivery.CloudEvent;
import routes.delivery.Deadline;
import routes.delivery.EventPayload;
import routes.delivery.ExactJson;
import routes.delivery.NotificationBody;
import routes.delivery.Rows;
import routes.support.Fixtures;

/** The delivery routes up to their statements: which, in which order, with which parameters. */
class DeliveriesTest extends CamelTestSupport {

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("rows", new Rows());
        registry.bind("exact-json", new ExactJson());
        registry.bind("deadline", new Deadline());
        registry.bind("notification-body", new NotificationBody());
        registry.bind("callback-client", (HttpClientConfigurer) client -> {});
        registry.bind("callback-request", new CallbackRequest() {
            @Override
            protected void doStart() {
                // knows no callbacks: the routes are tested up to what they send
            }

            @Override
            public void address(Exchange exchange) {
                exchange.setVariable("format", "notification");
                exchange.setVariable("notificationType", 1);
                exchange.setVariable("notificationTypeName", "WorkflowStateChange");
            }

            @Override
            public void sign(Exchange exchange) {
                exchange.getMessage().setHeader(Exchange.HTTP_URI, "https://partner.example/hook");
                exchange.getMessage().setHeader("webhook-id", "signed");
            }
        });
        registry.bind("callback-auth", new CallbackAuth() {
            @Override
            protected void doStart() {
                // asks for no tokens
            }

            @Override
            public void apply(Exchange exchange) {
                // the signature alone
            }
        });
        registry.bind("event-payload", new EventPayload() {
            @Override
            protected void doStart() {
                // reads no database
            }
        });
        registry.bind("cloud-event", new CloudEvent());
    }

    @Override
    public boolean isUseAdviceWith() {
        return true;
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties properties = new Properties();
        properties.setProperty("webhook.sql", "classpath:sql");
        properties.setProperty("delivery.jdbc.workers", "1");
        properties.setProperty("jdbc.query-timeout-seconds", "1");
        properties.setProperty("kafka.brokers", "localhost:1");
        properties.setProperty("kafka.topic-prefix", "webhooks.");
        properties.setProperty("kafka.workers", "1");
        properties.setProperty("kafka.retry-schedule", "1s");
        properties.setProperty("callback.workers", "1");
        properties.setProperty("callback.per-partner", "1");
        properties.setProperty("callback.retry-schedule", "1s");
        properties.setProperty("callback.connect-timeout-seconds", "1");
        properties.setProperty("callback.timeout-seconds", "1");
        return properties;
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new Deliveries(), new CoverageDiscoveryTables()};
    }

    private List<Exchange> sent(String route, byte[] payload) throws Exception {
        return sent(route, payload, OffsetDateTime.parse("2026-06-01T12:00:00+02:00"));
    }

    private List<Exchange> sent(String route, byte[] payload, OffsetDateTime occurredAt) throws Exception {
        AdviceWith.adviceWith(context, "deliver-notification", advice -> advice.replaceFromWith("direct:notification"));
        AdviceWith.adviceWith(
                context, "deliver-coverage-discovery-task", advice -> advice.replaceFromWith("direct:task"));
        AdviceWith.adviceWith(context, "deliver-kafka", advice -> {
            advice.replaceFromWith("direct:kafka");
            advice.weaveByToUri("kafka:*").replace().to("mock:sent");
        });
        AdviceWith.adviceWith(context, "deliver-callback", advice -> advice.replaceFromWith("direct:callback"));
        AdviceWith.adviceWith(context, "callback-post", advice -> advice.weaveByToUri("http:*")
                .replace()
                .to("mock:sent")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, advice.constant(204)));
        AdviceWith.adviceWith(context, "sql", advice -> advice.weaveByToUri("jdbc:*")
                .replace()
                .to("mock:sent"));
        context.start();
        MockEndpoint sent = getMockEndpoint("mock:sent");
        sent.setCopyOnExchange(true);
        Exchange exchange =
                ExchangeBuilder.anExchange(context).withBody(payload).build();
        Map.<String, Object>of(
                        "eventId", UUID.randomUUID(),
                        "eventOrder", "1",
                        "sender", "coverage-discovery",
                        "subject", "task-1",
                        "tenant", "tenant-1",
                        "status", "success",
                        "destinationName", "coverage-discovery",
                        "receivedAt", OffsetDateTime.parse("2026-06-01T10:00:01Z"),
                        "type", "task")
                .forEach(exchange::setVariable);
        exchange.setVariable("occurredAt", occurredAt);
        template.send(route, exchange);
        assertEquals(null, exchange.getException());
        return sent.getReceivedExchanges();
    }

    private static String firstWords(Exchange statement) {
        String sql = statement.getMessage().getBody(String.class).replaceAll("--.*\n", "");
        return sql.replaceFirst("(?s)^(insert into|update|delete from) (\\w+).*", "$1 $2");
    }

    @Test
    void aTaskIsWrittenAfterItsPathsSoThatTheyNeverCountHalf() throws Exception {
        byte[] task = Fixtures.bytes("coverage-discovery/valid/01-success-chained-everything.json");
        List<Exchange> statements = sent("direct:task", task);
        List<String> order =
                statements.stream().map(DeliveriesTest::firstWords).distinct().toList();
        assertEquals(
                List.of(
                        "insert into coverage_discovery_path",
                        "insert into coverage_discovery_task",
                        "update coverage_discovery_task",
                        "delete from coverage_discovery_path"),
                order);
    }

    @Test
    void nothingOfThePayloadIsPartOfAStatement() throws Exception {
        byte[] task =
                Fixtures.task("coverage-discovery/valid/01-success-chained-everything.json", "'; drop table event; --");
        for (Exchange statement : sent("direct:task", task)) {
            assertTrue(!statement.getMessage().getBody(String.class).contains("drop table"));
            assertTrue(statement.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS) instanceof Map);
        }
    }

    @Test
    void anEventWithoutATableOfItsOwnKeepsItsNewestState() throws Exception {
        List<Exchange> statements = sent("direct:notification", new byte[0]);
        assertEquals(
                List.of("insert into notification", "update notification"),
                statements.stream().map(DeliveriesTest::firstWords).toList());
        Map<?, ?> parameters = statements.get(1).getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS, Map.class);
        assertEquals("task-1", parameters.get("subject"));
        assertEquals("success", parameters.get("status"));
    }

    @Test
    void aRecordIsThePayloadWithTheHeadersOfACloudEventAndNothingElse() throws Exception {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        Exchange kafka = sent("direct:kafka", payload).get(0);
        assertSame(payload, kafka.getMessage().getBody());
        Map<String, Object> headers = new TreeMap<>(kafka.getMessage().getHeaders());
        headers.remove("ce_id");
        assertEquals(
                Map.of(
                        "ce_sequence",
                        "1",
                        "ce_source",
                        "/webhooks/coverage-discovery",
                        "ce_specversion",
                        "1.0",
                        "ce_subject",
                        "task-1",
                        "ce_tenant",
                        "tenant-1",
                        "ce_time",
                        "2026-06-01T10:00:00Z",
                        "ce_type",
                        "task",
                        "content-type",
                        "application/json",
                        KafkaConstants.KEY,
                        "task-1",
                        KafkaConstants.OVERRIDE_TOPIC,
                        "webhooks.coverage-discovery"),
                headers);
    }

    @Test
    void aPartnerIsToldOfTheStateAndNothingOfThePayload() throws Exception {
        byte[] payload = "{\"patient\":\"Rosa\"}".getBytes(StandardCharsets.UTF_8);
        Exchange callback = sent("direct:callback", payload).get(0);
        JsonNode body = new ObjectMapper().readTree(callback.getMessage().getBody(byte[].class));
        assertEquals(1, body.get("notificationTypeID").asInt());
        assertEquals("task-1", body.get("processUniqueId").asText());
        assertEquals("success", body.at("/rawBody/stateDescription").asText());
        assertEquals("2026-06-01T10:00:00Z", body.at("/rawBody/changeDate").asText());
        assertEquals(
                Set.of("stateDescription", "changeDate", "sender", "eventType", "eventId"),
                body.get("rawBody").properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
        assertEquals(
                Set.of(Exchange.HTTP_URI, "webhook-id", Exchange.CONTENT_TYPE),
                callback.getMessage().getHeaders().keySet());
    }

    @Test
    void withoutATimeOfItsSenderAnEventHasThatOfItsArrivalForPartners() throws Exception {
        Exchange callback = sent("direct:callback", new byte[0], null).get(0);
        JsonNode body = new ObjectMapper().readTree(callback.getMessage().getBody(byte[].class));
        assertEquals("2026-06-01T10:00:01Z", body.at("/rawBody/changeDate").asText());
    }

    @Test
    void withoutATimeOfItsSenderARecordHasNone() throws Exception {
        Exchange record = sent("direct:kafka", new byte[0], null).get(0);
        assertNull(record.getMessage().getHeader("ce_time"));
    }
}
