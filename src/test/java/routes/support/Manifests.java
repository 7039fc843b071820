package routes.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Manifests of Kubernetes, read into its model: a kind or a field that it does not have fails.
 *
 * @param objects in the order in which they stand
 */
public record Manifests(List<HasMetadata> objects) {

    public static final Path FOLDER = Path.of("deploy", "k8s");
    public static final Path EXAMPLE = FOLDER.resolve("example");

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ConfigMap.class,
            Deployment.class,
            HorizontalPodAutoscaler.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            Service.class);

    private static final ObjectMapper YAML =
            YAMLMapper.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** The model keeps what it does not know, so that clients may be older than a cluster: here it shall not. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    /** How the example, which has all that is in the base, becomes objects. */
    public enum Source {
        /** As it stands in the files: without namespace, image and hashes. */
        FILES {
            @Override
            public Manifests read() throws Exception {
                return new Manifests(listed(EXAMPLE));
            }
        },
        /** As a cluster gets it. */
        KUBECTL {
            @Override
            public Manifests read() throws Exception {
                assumeTrue(Shell.has("kubectl"), "needs kubectl");
                return new Manifests(parsed(Shell.run(EXAMPLE, "kubectl kustomize .")));
            }
        };

        public abstract Manifests read() throws Exception;
    }

    /** The objects that one text has. */
    public static List<HasMetadata> parsed(String yaml) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                objects.add(STRICT.treeToValue(document, kind(document)));
            }
        }
        return objects;
    }

    private static Class<? extends HasMetadata> kind(JsonNode document) {
        String version = document.path("apiVersion").asText();
        String kind = document.path("kind").asText();
        return KINDS.stream()
                .filter(type -> HasMetadata.getApiVersion(type).equals(version)
                        && HasMetadata.getKind(type).equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind that is used here: " + version + " " + kind));
    }

    /** What a folder's kustomization.yaml lists. */
    private static List<HasMetadata> listed(Path folder) throws IOException {
        JsonNode kustomization =
                YAML.readTree(folder.resolve("kustomization.yaml").toFile());
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode resource : kustomization.path("resources")) {
            Path path = folder.resolve(resource.asText());
            objects.addAll(Files.isDirectory(path) ? listed(path) : parsed(Files.readString(path)));
        }
        for (JsonNode map : kustomization.path("configMapGenerator")) {
            ConfigMapBuilder builder = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(map.path("name").asText())
                    .endMetadata();
            for (JsonNode file : map.path("files")) {
                Path path = folder.resolve(file.asText());
                builder.addToData(path.getFileName().toString(), Files.readString(path));
            }
            objects.add(builder.build());
        }
        return objects;
    }

    public <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only one of that kind. */
    public <T extends HasMetadata> T one(Class<T> type) {
        List<T> found = all(type);
        assertEquals(1, found.size(), type.getSimpleName());
        return found.get(0);
    }

    public DeploymentSpec deployment() {
        return one(Deployment.class).getSpec();
    }

    public PodSpec pod() {
        return deployment().getTemplate().getSpec();
    }

    public Container container() {
        assertEquals(1, pod().getContainers().size());
        return pod().getContainers().get(0);
    }

    public Map<String, String> environment() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    /** The files of the ConfigMap of that name, to which Kustomize adds a hash. */
    public Map<String, String> data(String name) {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().matches(name + "(-[a-z0-9]{10})?"))
                .findFirst()
                .orElseThrow()
                .getData();
    }
}
