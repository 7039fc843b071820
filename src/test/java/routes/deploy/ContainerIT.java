package routes.deploy;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.BundleProcess;
import routes.support.ImageRun;
import routes.support.Site;
import routes.support.TestDatabase;

/** The image in a real container, which may write nowhere but to /tmp: docs/kubernetes.md. */
@Tag("container")
class ContainerIT {

    @TempDir
    Path folder;

    @Test
    void itServesAndStops() throws Exception {
        assumeFalse("scratch".equals(System.getProperty("image.base")), "needs an image with Java: -Dimage.base=...");
        String engine = ImageRun.engine();
        assumeTrue(engine != null, "needs podman or docker, which can run containers");
        Site site = Site.create(folder, TestDatabase.POSTGRESQL.create());
        Path tar = Path.of(System.getProperty("image.tar"));
        try (BundleProcess bundle = ImageRun.contained(engine, tar, site)) {
            TryOut.deliver(bundle);
            TryOut.stop(bundle);
        }
    }
}
