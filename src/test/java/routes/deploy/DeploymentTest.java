package routes.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Manifests;

/** What the manifests say of the bundle is as pom.xml makes its image, and as application.properties has it. */
@ParameterizedClass
@EnumSource
class DeploymentTest {

    private static final int CONNECTIONS_OF_POSTGRESQL = 100 - 3; // three are a superuser's

    @Parameter
    Manifests.Source source;

    private Manifests manifests;
    private Container container;
    private Properties defaults;
    private String build;

    @BeforeEach
    void read() throws Exception {
        manifests = source.read();
        container = manifests.container();
        defaults = properties(Files.readString(Path.of("application.properties")));
        build = Files.readString(Path.of("pom.xml"));
    }

    @Test
    void theProbesAskWhereTheBundleAnswers() {
        assertEquals(
                Map.of("http", number("http.port"), "management", number("management.port")),
                container.getPorts().stream()
                        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)));
        assertEquals("0.0.0.0", manifests.environment().get("MANAGEMENT_HOST"), "127.0.0.1 is the pod's own only");
        assertProbe("live", container.getStartupProbe());
        assertProbe("live", container.getLivenessProbe());
        assertProbe("ready", container.getReadinessProbe());
        Map<String, String> annotations =
                manifests.deployment().getTemplate().getMetadata().getAnnotations();
        assertEquals(defaults.getProperty("management.port"), annotations.get("prometheus.io/port"));
    }

    private static void assertProbe(String health, Probe probe) {
        assertEquals("/observe/health/" + health, probe.getHttpGet().getPath());
        assertEquals("management", probe.getHttpGet().getPort().getStrVal());
    }

    @Test
    void itIsNotKilledBeforeItHasStopped() {
        long before = container.getLifecycle().getPreStop().getSleep().getSeconds();
        assertTrue(before > 0);
        assertTrue(manifests.pod().getTerminationGracePeriodSeconds() > before + longestStop());
    }

    private int longestStop() {
        try (MainConfigurationProperties camel = new MainConfigurationProperties()) {
            String extra = defaults.getProperty(
                    "camel.main.extraShutdownTimeout", Integer.toString(camel.getExtraShutdownTimeout()));
            return number("camel.main.shutdownTimeout") + Integer.parseInt(extra);
        }
    }

    @Test
    void itRunsAsTheImagesUserAndReadsItsSecrets() {
        MatchResult user = inBuild("<user>(\\d+):(\\d+)</user>");
        assertNotEquals("0", user.group(1), "only of a number does Kubernetes know that it is not root");
        assertEquals("0", user.group(2), "the files of a Secret belong to root and its group");
        int mode = manifests.pod().getVolumes().stream()
                .map(volume -> volume.getSecret())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .getDefaultMode();
        assertEquals("440", Integer.toOctalString(mode));
    }

    @Test
    void everySettingIsAProperty() throws Exception {
        Set<String> known = new TreeSet<>();
        for (String name : defaults.stringPropertyNames()) {
            known.add(name);
            known.add(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        }
        Set<String> set = properties(manifests.data("webhook-routes-conf").get("webhook-routes.properties"))
                .stringPropertyNames();
        assertTrue(set.contains("database.url"));
        String logs = Files.readString(Path.of("src/main/resources/log4j2.properties"));
        List<String> unknown = Stream.concat(set.stream(), manifests.environment().keySet().stream())
                .filter(name -> !known.contains(name))
                .filter(name -> !name.matches("oauth2\\.client\\.[\\w-]+\\.(scopes|tenants|partner)"))
                .filter(name -> !logs.contains("${env:" + name + ":"))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void whatIsMountedIsWhereTheBundleLooks() {
        Map<String, String> mounts = container.getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
        assertEquals(
                mounts.get("conf"),
                inBuild(">file:(.*)/webhook-routes.properties,").group(1));
        assertEquals(
                mounts.get("conf"),
                inBuild("<extraClasspath>(.*)</extraClasspath>").group(1));
        assertEquals(
                mounts.get("secrets"),
                inBuild("LOCATION>(/.*)</CAMEL_MAIN_CLOUD").group(1));
        assertEquals("/tmp", mounts.get("tmp"));
        String home = inBuild("<workingDirectory>(.*)</workingDirectory>").group(1);
        assertEquals(".", defaults.getProperty("webhook.drop-ins"), "the folder that it is started in");
        assertEquals(mounts.get("routes"), home + "/routes");
        assertEquals(
                senders().map(sender -> home + "/schemas/" + sender).collect(Collectors.toSet()),
                mounts.values().stream()
                        .filter(path -> path.contains("schemas"))
                        .collect(Collectors.toSet()));
    }

    private Stream<String> senders() {
        return defaults.stringPropertyNames().stream()
                .filter(name -> name.startsWith("sender."))
                .map(name -> name.split("\\.")[1]);
    }

    @Test
    void aPostgresqlAsItComesHasConnectionsForAll() {
        int most = manifests.one(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()
                + manifests
                        .deployment()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getIntVal();
        int each = number("database.pool-size") + number("jdbc.pool-size");
        assertTrue(most * each <= CONNECTIONS_OF_POSTGRESQL, most + " * " + each);
    }

    @Test
    void theHeapHoldsWhatMayWaitInIt() {
        Quantity memory = container.getResources().getLimits().get("memory");
        assertEquals(memory, container.getResources().getRequests().get("memory"));
        int percent = Integer.parseInt(inBuild("-XX:MaxRAMPercentage=(\\d+)<").group(1));
        long heap = memory.getNumericalAmount().longValue() * percent / 100;
        // a commit copies its batch, and once more to seal it; and what is parsed takes several times its size
        long waiting = Stream.of(
                        "http.max-bytes-in-progress",
                        "inbox.queue-bytes",
                        "inbox.batch-bytes",
                        "inbox.batch-bytes",
                        "delivery.queue-bytes",
                        "callback.payload-bytes")
                .mapToLong(this::number)
                .sum();
        assertTrue(heap > 2 * waiting, heap + " > 2 * " + waiting);
    }

    private int number(String property) {
        return Integer.parseInt(defaults.getProperty(property));
    }

    private MatchResult inBuild(String pattern) {
        return Pattern.compile(pattern).matcher(build).results().findFirst().orElseThrow();
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }
}
