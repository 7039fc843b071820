package routes.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Certificate;
import routes.support.ConnectProxy;
import routes.support.Distribution;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.Partner;
import routes.support.ProjectCopy;
import routes.support.Registry;
import routes.support.Shell;
import routes.support.TestDatabase;

/** The archive that operators install: what is in it, and that it starts, works, stops and goes on; docs/distribution.md. */
class DistributionIT {

    private static final Duration STOP = Duration.ofSeconds(45);
    private static final int SIGTERM = 128 + 15;
    private static final String PARTNER = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c11";
    private static final String PARTNERS_HOST = "partner.example";
    private static final String CALLBACK = "/hook";

    private static final String DROP_IN = """
            - route:
                id: develop-health:prior_authorization.appeal_withdrawn
                from:
                  uri: direct:appeal-withdrawn
                  steps:
                    - to: delivery:jdbc/notification
            """;
    private static final String DROP_IN_SCHEMA = """
            {"type": "object", "properties": {"data": {"required": ["reason"]}}}
            """;

    private static final Path FOLDER = Path.of("target", "distribution").toAbsolutePath();
    private static final String JAVA = "JAVA_HOME='" + System.getProperty("java.home") + "'";

    private static Distribution distribution;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(Shell.has("tar"), "needs a shell and tar, as the distribution does");
        distribution = new Distribution(FOLDER);
    }

    // -------------------------------------------------------------------------------------------------- what is in it

    @Test
    void theArchiveHasWhatItShouldAndNothingElse() throws Exception {
        Set<String> expected =
                new TreeSet<>(Set.of("", "lib/", "conf/log4j2.properties", "docs/application.properties"));
        expected.addAll(Set.of("CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "webhook-routes-sbom.json"));
        expected.addAll(tree(Path.of("deploy", "distribution"), ""));
        for (String folder : Set.of("deploy/grafana/", "deploy/k8s/", "deploy/prometheus/", "docs/")) {
            expected.addAll(tree(Path.of(folder), folder));
        }
        expected.addAll(libraries());
        List<TarArchiveEntry> entries = entries();
        String top = entries.get(0).getName().split("/", 2)[0] + "/";
        assertEquals(top, Distribution.archive().getFileName().toString().replace(".tar.gz", "/"));
        Set<String> unexpected = entries.stream()
                .map(entry -> entry.getName().replaceFirst("^" + top, ""))
                .filter(name -> !expected.remove(name))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), unexpected, "should not be there, or is there twice");
        assertEquals(Set.of(), expected, "is missing");
    }

    /** Whoever has built it, and wherever. */
    @Test
    void everyEntryIsRootsAndHasTheModeThatItNeeds() throws Exception {
        for (TarArchiveEntry entry : entries()) {
            String mode = entry.isDirectory() || entry.getName().contains("/bin/") ? "755" : "644";
            assertEquals(mode, Integer.toOctalString(entry.getMode() & 0777), entry.getName());
            assertEquals("0 0", entry.getLongUserId() + " " + entry.getLongGroupId(), entry.getName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "conf/log4j2.properties, src/main/resources/log4j2.properties",
        "docs/application.properties, application.properties",
        "webhook-routes-sbom.json, target/webhook-routes-sbom.json"
    })
    void copiesAreCopies(Path file, Path original) throws Exception {
        assertArrayEquals(
                Files.readAllBytes(original),
                Files.readAllBytes(distribution.current().resolve(file)));
    }

    /** In another folder, at another time, in another zone and language; but with the usual umask, which is in the jar. */
    @Test
    @Tag("long")
    void theSameSourcesMakeTheSameArchive() throws Exception {
        Path first = archiveOf("first", "");
        Path second = archiveOf("second", "export MAVEN_OPTS='-Duser.timezone=Asia/Tokyo -Duser.language=tr'; ");
        assertEquals(-1, Files.mismatch(first, second), () -> first + " and " + second + " are not the same");
    }

    private static Path archiveOf(String name, String before) throws Exception {
        Path project = ProjectCopy.to(FOLDER.resolve(name), "docs", "deploy");
        String maven = String.join(" ", ProjectCopy.maven("-q", "-B", "package", "-Dmaven.test.skip=true"));
        assertEquals("", Shell.run(project, before + maven + " | grep ERROR"));
        return project.resolve(Distribution.archive());
    }

    /** A line that somebody takes the # from must do something. */
    @Test
    void theSettingsThatAreShownAreSettings() throws Exception {
        Set<String> known =
                new TreeSet<>(properties(Path.of("application.properties")).stringPropertyNames());
        Path template = distribution.current().resolve("conf").resolve("webhook-routes.properties");
        assertEquals(Set.of(), properties(template).stringPropertyNames(), "it sets nothing by itself");
        List<String> shown = Files.readAllLines(template).stream()
                .filter(line -> line.matches("#[a-z].*"))
                .map(line -> line.substring(1).split(" ")[0])
                .toList();
        assertTrue(shown.size() > 10, shown::toString);
        assertEquals(
                List.of(),
                shown.stream()
                        .filter(key -> !known.contains(key) && !key.startsWith("oauth2.client."))
                        .toList());
    }

    private static List<TarArchiveEntry> entries() throws Exception {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (InputStream file = Files.newInputStream(Distribution.archive());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The names of what is in a folder of the sources. */
    private static Set<String> tree(Path root, String prefix) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.endsWith(".gitignore"))
                    .map(file -> prefix
                            + root.relativize(file).toString().replace('\\', '/')
                            + (Files.isDirectory(file) ? "/" : ""))
                    .map(name -> name.replaceFirst("/+$", "/").replaceFirst("^/$", ""))
                    .collect(Collectors.toSet());
        }
    }

    /** What the bill of materials lists, and ourselves: so that nothing of the tests is there, and the bill is true. */
    private static Set<String> libraries() throws Exception {
        JsonNode bom =
                Bundle.JSON.readTree(Path.of("target/webhook-routes-sbom.json").toFile());
        Set<String> jars = new TreeSet<>();
        bom.get("components").forEach(component -> jars.add(jar(component)));
        jars.add(jar(bom.at("/metadata/component")));
        return jars;
    }

    private static String jar(JsonNode component) {
        return "lib/" + component.get("name").asText() + "-"
                + component.get("version").asText() + ".jar";
    }

    private static Properties properties(Path file) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    // -------------------------------------------------------------------------------------------------- how it starts

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openjdk version "11.0.25" 2024-10-15       | java is 11.0.25.
            java version "1.8.0_402"                   | java is 1.8.0.
            bash: no such thing                        | java is none.
            """)
    void withoutANewEnoughJavaItSaysSo(String version, String said) throws Exception {
        Path java =
                Files.createDirectories(FOLDER.resolve("java").resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
        assertTrue(java.toFile().setExecutable(true));
        String output = start("JAVA_HOME='" + FOLDER.resolve("java") + "'");
        assertTrue(output.startsWith("webhook-routes needs Java 17 or newer: "), output);
        assertTrue(output.contains(said), output);
        assertTrue(output.endsWith("exit 1\n"), output);
    }

    @Test
    void withoutSettingsItSaysWhatIsMissing() throws Exception {
        String output = start(JAVA);
        // of two that are missing, whichever is looked at first
        assertTrue(output.matches("(?s).*IllegalStateException: (database.url|sealing.keys) is not set.*"), output);
        assertTrue(output.endsWith("exit 1\n"), output);
    }

    /** As it was unpacked, from another folder, by a link to it. */
    private static String start(String environment) throws Exception {
        return Shell.run(
                FOLDER,
                "ln -sf '%s' start; %s ./start 2>&1; echo exit $?".formatted(distribution.script(), environment));
    }

    @Test
    void theUnitIsGoodAndTight() throws Exception {
        assumeTrue(Shell.has("systemd-analyze"), "needs systemd-analyze (Debian: apt-get install systemd)");
        Path unit = FOLDER.resolve("webhook-routes.service");
        String shipped = Files.readString(
                distribution.current().resolve("deploy").resolve("systemd").resolve("webhook-routes.service"));
        // it must be there, and a name without blanks
        Files.writeString(unit, shipped.replace("/opt/webhook-routes/current/bin/webhook-routes", "/bin/sh"));
        assertEquals("", Shell.run(FOLDER, "systemd-analyze verify '" + unit + "' 2>&1"));
        // of 100; without any of it a service has 96
        String security =
                "systemd-analyze security --offline=true --no-pager --threshold=20 '" + unit + "'; echo exit $?";
        String output = Shell.run(FOLDER, security);
        assertTrue(output.endsWith("exit 0\n"), output);
    }

    // ------------------------------------------------------------------------------- how it works, stops, and goes on

    /** With what is the site's in a folder of its own; then, but for the settings, where it was unpacked. */
    @Test
    void whatIsUnderWayIsFinishedAtTheStopAndNothingIsLost() throws Exception {
        dropIn(distribution.current());
        Path site = distribution.site("site");
        dropIn(site);
        String log = Files.readString(distribution.current().resolve("conf").resolve("log4j2.properties"));
        Files.writeString(site.resolve("log4j2.properties"), log.replace("pattern = ", "pattern = the site's: "));
        Certificate certificate = new Certificate(FOLDER, PARTNERS_HOST);
        try (ConnectProxy proxy = new ConnectProxy();
                Partner partner = new Partner(certificate.server())) {
            Properties settings = settings(proxy, partner, certificate);
            String task = UUID.randomUUID().toString();
            settings.setProperty("webhook.drop-ins", site.toString());
            try (BundleProcess bundle = distribution.start("site", settings)) {
                assertTrue(bundle.log().get(0).startsWith("the site's: "));
                assertEquals("accepted 1", appeal(bundle, "{'id': 'appeal-1', 'reason': 'none'}"));
                assertEquals("quarantined 0", appeal(bundle, "{'id': 'appeal-2'}"));
                stopWhileThePartnerThinks(bundle, partner, settings, task);
            }
            settings.remove("webhook.drop-ins"); // where it was unpacked, then
            try (BundleProcess bundle = distribution.start("site-again", settings)) {
                assertTrue(bundle.output().contains("drop-ins: 1 of "), "with a README beside it");
                bundle.awaitDeliveries();
                JsonNode event = event(bundle, task);
                assertEquals("accepted", event.get("state").asText());
                List<String> deliveries = new ArrayList<>();
                event.get("deliveries")
                        .forEach(delivery ->
                                deliveries.add(delivery.get("destination").asText() + " "
                                        + delivery.get("state").asText() + " "
                                        + delivery.get("attempts").size()));
                assertEquals(
                        List.of("callback/" + PARTNER + "/1 delivered 1", "jdbc/coverage_discovery_task delivered 1"),
                        deliveries);
                assertEquals(204, post(bundle, task), "known still");
                assertEquals(2, partner.received(CALLBACK).size(), "the echo and the notification, each once");
            }
        }
    }

    private static void stopWhileThePartnerThinks(
            BundleProcess bundle, Partner partner, Properties settings, String task) throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(PARTNER, Bundle.TENANT);
        partner.secret(CALLBACK, registry.register(PARTNER, 1, partner.url(PARTNERS_HOST, CALLBACK)));
        partner.answers(CALLBACK, partner.hang());
        assertEquals(204, post(bundle, task));
        CompletableFuture<JsonNode> echo = CompletableFuture.supplyAsync(() -> echo(registry));
        await().atMost(STOP).until(() -> partner.inProgress(CALLBACK) == 2);

        bundle.terminate();
        await().atMost(STOP).until(() -> bundle.readiness(settings) != 200);
        assertTrue(bundle.isAlive(), "a request and a delivery are under way");
        assertEquals("pending", echo.get().get("outcome").asText(), "the request need not wait");
        partner.release();
        assertEquals(SIGTERM, bundle.exitCode(STOP));
        List<String> log = bundle.log();
        List<String> lastLines = log.subList(log.size() - 3, log.size()); // in any order: two threads write them
        assertTrue(
                lastLines.stream().anyMatch(line -> line.contains("(webhook-routes) shutdown in")),
                lastLines::toString);
        for (String key : List.of("database.password", "sealing.keys", "oauth2.client.optum.secret")) {
            assertFalse(bundle.output().contains(settings.getProperty(key)), () -> key + " is in the log");
        }
    }

    private static JsonNode echo(Registry registry) {
        try {
            return registry.echo(
                    PARTNER,
                    1,
                    Bundle.JSON.readTree(
                            "{\"processUniqueId\":\"p-1\",\"rawBody\":{\"stateDescription\":\"Submitted\"}}"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Production's: an H2 file, and a partner on this machine that is reached through a proxy. */
    private static Properties settings(ConnectProxy proxy, Partner partner, Certificate certificate) {
        Properties settings = Bundle.settings(TestDatabase.H2.create());
        settings.putAll(Registry.clients(List.of(PARTNER)));
        settings.remove("demo.enabled");
        settings.setProperty("sender.develop-health.secrets", "a-secret");
        settings.setProperty("callback.proxy", proxy.url());
        settings.setProperty("callback.allowed-hosts", PARTNERS_HOST);
        settings.setProperty("callback.allowed-ports", Integer.toString(partner.port()));
        settings.setProperty("callback.trust-store", certificate.trustStore().toString());
        settings.setProperty("callback.trust-store-password", Certificate.PASSWORD);
        return settings;
    }

    private static void dropIn(Path folder) throws Exception {
        Path schemas = folder.resolve("schemas").resolve("develop-health");
        Files.createDirectories(schemas);
        Files.writeString(schemas.resolve("prior_authorization.appeal_withdrawn.schema.json"), DROP_IN_SCHEMA);
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes").resolve("appeal-withdrawn.yaml"), DROP_IN);
    }

    /** What becomes of an event of the type that was dropped in: its state, and how many deliveries it has. */
    private static String appeal(BundleProcess bundle, String data) throws Exception {
        String body = "{'event_type': 'prior_authorization.appeal_withdrawn', 'data': %s}".formatted(data);
        HttpRequest.Builder request = HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of("a-secret"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
        assertEquals(202, bundle.send(request).statusCode());
        JsonNode event = event(
                bundle, Bundle.JSON.readTree(data.replace('\'', '"')).get("id").asText());
        return event.get("state").asText() + " " + event.get("deliveries").size();
    }

    private static int post(BundleProcess bundle, String task) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.webhook())
                        .header("Authorization", "Bearer " + bundle.token("optum"))
                        .header("x-optum-tenant-id", Bundle.TENANT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Fixtures.failedTask(UUID.fromString(task)))))
                .statusCode();
    }

    private static JsonNode event(BundleProcess bundle, String subject) throws Exception {
        JsonNode events = Bundle.json(bundle.send(HttpRequest.newBuilder(bundle.uri("/events?subject=" + subject))
                        .header("Authorization", "Bearer " + bundle.token("operator"))))
                .get("events");
        assertEquals(1, events.size());
        return events.get(0);
    }
}
