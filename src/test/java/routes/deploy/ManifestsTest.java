package routes.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Manifests;

/** The manifests are what Kubernetes takes, agree with each other, and let the bundle do no more than it must. */
@ParameterizedClass
@EnumSource
class ManifestsTest {

    @Parameter
    Manifests.Source source;

    private Manifests manifests;
    private Deployment deployment;
    private PodSpec pod;
    private Container container;

    @BeforeEach
    void read() throws Exception {
        manifests = source.read();
        deployment = manifests.one(Deployment.class);
        pod = manifests.pod();
        container = manifests.container();
    }

    @Test
    void allOfThemAreThere() {
        assertEquals(
                List.of(
                        "ConfigMap",
                        "ConfigMap",
                        "ConfigMap",
                        "Deployment",
                        "HorizontalPodAutoscaler",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "Service"),
                manifests.objects().stream().map(HasMetadata::getKind).sorted().toList());
    }

    @Test
    void everySelectorFindsThePods() {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        Stream.of(
                        Stream.of(
                                deployment.getSpec().getSelector(),
                                manifests
                                        .one(PodDisruptionBudget.class)
                                        .getSpec()
                                        .getSelector(),
                                manifests.one(NetworkPolicy.class).getSpec().getPodSelector()),
                        pod.getTopologySpreadConstraints().stream().map(spread -> spread.getLabelSelector()))
                .flatMap(selectors -> selectors)
                .forEach(selector -> assertEquals(labels, selector.getMatchLabels()));
        assertEquals(labels, manifests.one(Service.class).getSpec().getSelector());
    }

    @Test
    void theAutoscalerAloneSaysHowMany() {
        var target = manifests.one(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef();
        assertEquals(
                List.of(
                        deployment.getApiVersion(),
                        deployment.getKind(),
                        deployment.getMetadata().getName()),
                List.of(target.getApiVersion(), target.getKind(), target.getName()));
        assertNull(deployment.getSpec().getReplicas(), "each update would undo what the autoscaler has done");
    }

    @Test
    void nobodyIsTakenAwayBeforeAnotherIsReady() {
        RollingUpdateDeployment update = deployment.getSpec().getStrategy().getRollingUpdate();
        assertEquals(new IntOrString(0), update.getMaxUnavailable());
        assertEquals(
                new IntOrString(1),
                manifests.one(PodDisruptionBudget.class).getSpec().getMaxUnavailable());
    }

    @Test
    void everyPortIsOneOfTheContainers() {
        Set<String> ports =
                container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
        Set<String> named = Stream.of(
                        manifests.one(Service.class).getSpec().getPorts().stream()
                                .map(port -> port.getTargetPort()),
                        manifests.one(NetworkPolicy.class).getSpec().getIngress().stream()
                                .flatMap(rule -> rule.getPorts().stream())
                                .map(port -> port.getPort()),
                        Stream.of(
                                        container.getStartupProbe(),
                                        container.getLivenessProbe(),
                                        container.getReadinessProbe())
                                .map(probe -> probe.getHttpGet().getPort()))
                .flatMap(all -> all)
                .map(IntOrString::getStrVal)
                .collect(Collectors.toSet());
        assertEquals(ports, named);
    }

    @Test
    void everyVolumeIsMountedAndEveryConfigMapIsAVolume() {
        assertEquals(
                pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()),
                container.getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet()));
        Map<String, Boolean> wanted = pod.getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(
                        ConfigMapVolumeSource::getName, map -> Boolean.TRUE.equals(map.getOptional())));
        Set<String> there = manifests.all(ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .collect(Collectors.toSet());
        assertTrue(wanted.keySet().containsAll(there), () -> there + " of " + wanted);
        wanted.forEach((name, optional) -> assertTrue(optional || there.contains(name), name));
    }

    @Test
    void itMayDoNoMoreThanItMust() {
        assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
        assertEquals(
                "RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertEquals(false, pod.getAutomountServiceAccountToken());
        assertEquals(false, pod.getEnableServiceLinks());
        assertEquals(false, container.getSecurityContext().getAllowPrivilegeEscalation());
        assertEquals(true, container.getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(
                List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
        container.getVolumeMounts().stream()
                .filter(mount -> !mount.getName().equals("tmp"))
                .forEach(mount -> assertEquals(true, mount.getReadOnly(), mount.getName()));
    }

    /** What would be found out in a cluster only, or never, is found out here. */
    @Test
    void aMistakeIsNotRead() throws Exception {
        String good = Files.readString(Manifests.FOLDER.resolve("base/deployment.yaml"));
        assertDoesNotThrow(() -> Manifests.parsed(good));
        Map<String, String> mistakes = Map.of(
                "periodSeconds:", "periodSecond:",
                "readOnlyRootFilesystem:", "readonlyRootFilesystem:",
                "apps/v1", "apps/v2",
                "kind: Deployment", "kind: Deploymnt",
                "maxSurge: 1", "maxUnavailable: 1",
                "value: json", "value: [json]");
        mistakes.forEach((right, wrong) -> {
            assertTrue(good.contains(right), right);
            assertThrows(Exception.class, () -> Manifests.parsed(good.replace(right, wrong)), wrong);
        });
    }
}
