package routes.support;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What an organisation gives to the bundle in a container: all that deploy/k8s/example mounts, and a Secret, laid out as Kubernetes
 * does it, and the variables.
 *
 * @param mounts folders by the paths at which the container has them
 * @param memory how much of it the container may have, in bytes
 */
public record Site(Map<String, Path> mounts, Map<String, String> environment, long memory) {

    public static final String DEVELOP_HEALTH_SECRET = "a-webhook-secret";

    /**
     * @param folder what has the files at these paths
     * @param database as {@link TestDatabase#create} gives it
     */
    public static Site create(Path folder, Properties database) throws Exception {
        Manifests manifests = Manifests.Source.FILES.read();
        Map<String, Map<String, String>> volumes = new HashMap<>();
        volumes.put("secrets", secrets(database));
        for (String map : new String[] {"conf", "routes", "schemas-develop-health"}) {
            volumes.put(map, manifests.data("webhook-routes-" + map));
        }
        Map<String, Path> mounts = new HashMap<>();
        for (VolumeMount mount : manifests.container().getVolumeMounts()) {
            if (volumes.containsKey(mount.getName())) {
                Path volume =
                        folder.toAbsolutePath().resolve(mount.getMountPath().substring(1));
                lay(volume, volumes.get(mount.getName()));
                mounts.put(mount.getMountPath(), volume);
            }
        }
        Map<String, String> environment = new HashMap<>(manifests.environment());
        // its database, and its ports, as others have theirs on this machine
        environment.put("DATABASE_URL", database.getProperty("database.url"));
        environment.put("DATABASE_USER", database.getProperty("database.user"));
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("MANAGEMENT_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(Bundle.freePort()));
        environment.put("MANAGEMENT_PORT", Integer.toString(Bundle.freePort()));
        Quantity memory = manifests.container().getResources().getLimits().get("memory");
        return new Site(mounts, environment, memory.getNumericalAmount().longValue());
    }

    private static Map<String, String> secrets(Properties database) {
        return Map.of(
                "database.password",
                database.getProperty("database.password"),
                "sealing.keys",
                "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "oauth2.client.optum.secret",
                Bundle.SECRET_HASH,
                "oauth2.client.operator.secret",
                Bundle.SECRET_HASH,
                "sender.develop-health.secrets",
                DEVELOP_HEALTH_SECRET);
    }

    /** A volume changes as a whole there: the files are links into a folder that a link leads to. */
    private static void lay(Path volume, Map<String, String> files) throws IOException {
        Path data = Files.createDirectories(volume.resolve("..2026_01_01_00_00_00.1"));
        Files.createSymbolicLink(volume.resolve("..data"), data.getFileName());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(data.resolve(file.getKey()), file.getValue());
            Files.createSymbolicLink(volume.resolve(file.getKey()), Path.of("..data", file.getKey()));
        }
    }

    public int port() {
        return Integer.parseInt(environment.get("HTTP_PORT"));
    }
}
