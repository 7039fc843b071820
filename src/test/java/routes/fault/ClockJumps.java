package routes.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import routes.support.Jvm;
import routes.support.Partner;

/** The wall clock of the bundle's process, changed while it runs, by libfaketime; time that is measured goes on as it is. */
final class ClockJumps implements Fault.Happening {

    /** The last is the latest: on H2, whose clock is the bundle's, what was planned before a jump backwards is due by then. */
    private static final List<String> TIMES = List.of("-3h", "+3h", "+0h", "+6h");

    private final Partner partner;
    private Path file;

    ClockJumps(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void happen(Scene scene, Random random) throws Exception {
        if (file == null) {
            file = Files.createTempFile("webhook-routes-clock", "");
            set("+0h");
            scene.set("oauth2.token-lifetime-seconds", "86400");
            partner.takesAnyTime(true);
            scene.closing(() -> partner.takesAnyTime(false));
            scene.start(jvm());
        }
        for (String time : TIMES) {
            scene.load(random);
            set(time);
        }
        scene.load(random);
    }

    private Jvm jvm() throws IOException {
        return Jvm.QUICK.before(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "DONT_FAKE_MONOTONIC=1"); // as older versions have it
    }

    /** Not the command: it would stand between the bundle and who kills it. */
    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            List<Path> found = folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .toList();
            assumeTrue(!found.isEmpty(), "a clock that jumps wants libfaketime (Debian: apt-get install faketime)");
            return found.get(0);
        }
    }

    /** In one piece: it is read all the time. */
    private void set(String time) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), time + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
