package routes.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import routes.support.TestDatabase;

/** A disk of H2's own, small and in memory, that is filled to the last byte, and freed again; then the bundle is started again. */
final class FullDisk implements Fault.Happening, AutoCloseable {

    private static final String SIZE = "256m";

    private Path folder;

    @Override
    public void happen(Scene scene, Random random) throws Exception {
        if (folder == null) {
            mount();
            scene.closing(this);
            scene.set("database.url", TestDatabase.h2(folder));
        }
        scene.load(random);
        Path filler = folder.resolve("filler");
        fill(filler);
        scene.awaitRejected(50);
        scene.awaitUnready();
        Files.delete(filler);
        scene.restart();
        scene.awaitAcknowledged(100);
    }

    private void mount() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("webhook-routes-small");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString()),
                "a full disk wants Linux, and a user who may mount one");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) { // there is no such command
            return false;
        }
    }

    private static void fill(Path file) {
        byte[] piece = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // as it should be
        }
    }

    @Override
    public void close() throws Exception {
        run("umount", folder.toString());
        Files.delete(folder);
    }
}
