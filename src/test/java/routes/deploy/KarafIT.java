package routes.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Fixtures;
import routes.support.KafkaBroker;
import routes.support.Karaf;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.Shell;
import routes.support.SignedPost;
import routes.support.TestDatabase;

/** The OSGi bundle in a Karaf container, as docs/karaf.md has it: dropped in, used, stopped, started again, installed as a feature. */
@Tag("long")
class KarafIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PARTNER = "p1";
    private static final String CALLBACK = "/callback";
    private static final Path TASK = Path.of("coverage-discovery/valid/a-task.json");
    /** In a payload, and in no log. */
    private static final String MARKER = "Marker-in-the-name";

    private static final Path NEW_TYPE = Path.of("develop-health/valid/new-type.json");
    private static final String NEW_TYPE_BODY = """
            {"event_id": "%s", "event_type": "new.type", "data": {"id": "%1$s", "status": "%s"}}""";
    private static final String NEW_TYPE_SCHEMA = """
            {"type": "object", "properties": {"data": {"properties": {"status": {"const": "new"}}}}}""";
    private static final String NEW_TYPE_ROUTE = """
            - route:
                id: develop-health:new.type
                from:
                  uri: direct:new-type
                  steps:
                    - to: delivery:jdbc/notification
            """;

    @TempDir
    private Path folder;

    private final Properties settings = Bundle.settings(TestDatabase.H2.create());
    private final Map<Path, byte[]> fixtures = new HashMap<>();
    private KafkaBroker broker;
    private Partner partner;
    private Karaf karaf;
    private BundleProcess container;

    @BeforeEach
    void install() throws Exception {
        assumeTrue(Shell.has("bash", "tar", "unzip"), "needs bash, tar and unzip");
        broker = new KafkaBroker().start();
        partner = new Partner();
        settings.putAll(Registry.clients(List.of(PARTNER)));
        settings.putAll(SignedPost.settings());
        settings.setProperty("kafka.brokers", broker.bootstrap());
        settings.setProperty(
                "sender.accessrc.form-file",
                Path.of("samples/accessrc/form/application-form.json")
                        .toAbsolutePath()
                        .toString());
        for (String sender : senders()) {
            settings.setProperty("sender." + sender + ".tenant", "lakeside");
            for (Path file : Fixtures.in(sender + "/valid").toList()) {
                fixtures.put(file, Files.readAllBytes(file));
            }
        }
        karaf = new Karaf(folder);
        karaf.configure(settings, List.of("database.password", "sealing.keys", "sender.develop-health.secrets"));
        karaf.write("etc/webhook-routes/routes/new-type.yaml", NEW_TYPE_ROUTE);
        karaf.write("etc/webhook-routes/schemas/develop-health/new.type.schema.json", NEW_TYPE_SCHEMA);
        karaf.logs("log4j2.rootLogger.level = DEBUG\n");
    }

    @AfterEach
    void end() throws Exception {
        if (container != null) {
            container.close();
        }
        if (broker != null) {
            partner.close();
            broker.close();
        }
    }

    private static List<String> senders() {
        return Fixtures.in("").map(folder -> folder.getFileName().toString()).toList();
    }

    @Test
    void theContainerDoesWhatAProcessOfTheRoutesOwnDoes() throws Exception {
        karaf.dropIn();
        start();
        registerCallbacks();
        postFixtures();
        post(NEW_TYPE, NEW_TYPE_BODY.formatted("good", "new").getBytes());
        post(NEW_TYPE, NEW_TYPE_BODY.formatted("bad", "old").getBytes());
        container.awaitDeliveries();
        stopWhileAPartnerThinks();
        assertStored();
        assertLogged();

        List<UUID> events = select("select event_id from event order by 1", UUID.class);
        start();
        postFixtures();
        karaf.takeOut();
        await("stop").atMost(PATIENCE).until(() -> container.readiness(settings) == 0);
        karaf.installFeature();
        awaitReady();
        postFixtures();
        karaf.shell("bundle:restart io.webhookroutes.webhook-routes");
        awaitReady();
        await("what was stopped is gone from memory").atMost(PATIENCE).until(() -> karaf.classLoaders(container) == 1);
        container.terminate();
        assertEquals(0, container.exitCode(PATIENCE));
        assertEquals(events, select("select event_id from event order by 1", UUID.class), "all that came was known");
    }

    private void start() throws Exception {
        container = karaf.start(Integer.parseInt(settings.getProperty("http.port")));
        awaitReady();
    }

    private void awaitReady() {
        await("ready").atMost(PATIENCE).until(() -> container.readiness(settings) == 200);
    }

    private void registerCallbacks() throws Exception {
        Registry registry = new Registry(container.uri("/"));
        registry.grantAll(PARTNER, senders());
        for (int type = 1; type <= 3; type++) {
            partner.secret(CALLBACK + type, registry.register(PARTNER, type, partner.url(CALLBACK + type)));
        }
    }

    private void postFixtures() throws Exception {
        for (Path fixture : fixtures.keySet()) {
            post(fixture, fixtures.get(fixture));
        }
    }

    private void post(Path fixture, byte[] body) throws Exception {
        int status = SignedPost.send(container, fixture, body).statusCode();
        assertEquals(2, status / 100, () -> fixture + " " + status);
    }

    /** One more event, whose partner answers only when the container has begun to stop. */
    private void stopWhileAPartnerThinks() throws Exception {
        partner.answers(CALLBACK + 1, partner.hang());
        ObjectNode task = (ObjectNode) Bundle.JSON.readTree(Fixtures.failedTask(UUID.randomUUID()));
        post(TASK, Bundle.JSON.writeValueAsBytes(task.put("name", MARKER)));
        await().atMost(PATIENCE).until(() -> partner.inProgress(CALLBACK + 1) == 1);
        karaf.stop();
        await().atMost(PATIENCE).until(() -> karaf.log("webhook-routes.log").contains("is shutting down"));
        partner.release();
        assertEquals(0, container.exitCode(PATIENCE));
    }

    private void assertStored() throws Exception {
        for (Path fixture : fixtures.keySet()) {
            JsonNode expected = Fixtures.expected(fixture);
            byte[] hash = Bundle.hash(fixtures.get(fixture));
            assertEquals(
                    List.of(expected.get("state").asText()),
                    select("select state from event where body_hash = ?", String.class, hash),
                    fixture::toString);
            assertEquals(
                    Bundle.JSON.convertValue(expected.get("deliveries"), List.class),
                    select(
                            "select destination from delivery d join event e on e.event_id = d.event_id"
                                    + " where body_hash = ? order by 1",
                            String.class,
                            hash),
                    fixture::toString);
        }
        assertEquals(List.of("delivered"), select("select distinct state from delivery", String.class));
        assertEquals(
                List.of("bad quarantined", "good accepted"),
                select("select subject || ' ' || state from event where type = 'new.type' order by 1", String.class));
        assertEquals(List.of("good"), select("select subject from notification where type = 'new.type'", String.class));
        assertTrue(partner.received().stream().allMatch(Partner.Received::verified));
        assertFalse(broker.records("webhooks.develop-health", 1).isEmpty());
    }

    /** At DEBUG: all that the bundle says is in its own file, and nothing personal or secret in any. */
    private void assertLogged() throws Exception {
        String own = karaf.log("webhook-routes.log");
        String others = karaf.log("karaf.log");
        for (String line : List.of("DEBUG", "accepted event=", "delivered event=", "shutdown in")) {
            assertTrue(own.contains(line), line);
        }
        assertFalse(own.lines().anyMatch(line -> line.startsWith("\tat ")), "of exceptions there is one line");
        assertFalse(others.contains("webhook-routes - "), "lines of the bundle in the container's file");
        for (String secret : Set.of(MARKER, settings.getProperty("sealing.keys"), Bundle.SECRET)) {
            assertFalse(own.contains(secret), secret);
            assertFalse(others.contains(secret), secret);
        }
    }

    /** Of the database of a container that does not run. */
    private <T> List<T> select(String sql, Class<T> type, Object... parameters) {
        return Jdbi.create(
                        settings.getProperty("database.url"),
                        settings.getProperty("database.user"),
                        settings.getProperty("database.password"))
                .withHandle(handle -> handle.select(sql, parameters).mapTo(type).list());
    }
}
