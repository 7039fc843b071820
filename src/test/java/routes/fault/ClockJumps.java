package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import routes.support.Jvm;
import routes.support.Partner;

/** The wall clock of the bundle's process, changed while it runs, by libfaketime; time that is measured goes on as it is. */
final class ClockJumps implements Fault.Happening {

    /** The last is the latest: on H2, whose clock is the bundle's, what was planned before a jump backwards is due by then. */
    private static final List<Integer> HOURS = List.of(-3, 3, 0, 6);

    private final Partner partner;
    private Path file;

    ClockJumps(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void happen(Scene scene, Random random) throws Exception {
        if (file == null) {
            file = Files.createTempFile("webhook-routes-clock", "");
            write(0);
            scene.set("oauth2.token-lifetime-seconds", "86400");
            partner.takesAnyTime(true);
            scene.closing(() -> {
                partner.takesAnyTime(false);
                Files.delete(file);
            });
            scene.start(jvm());
        }
        for (int hours : HOURS) {
            scene.load(random);
            write(hours);
            await("jump by " + hours + " h").atMost(Duration.ofSeconds(30)).until(() -> tells(hours, scene.token()));
        }
        scene.load(random);
    }

    private Jvm jvm() throws IOException {
        return Jvm.QUICK.before(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_CACHE_DURATION=1", // seconds: to read the file at every look makes everything very slow
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0", // or timed waits are wrong by as much as the clock
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

    /** Whether the bundle has noticed: it stamps its tokens. */
    private static boolean tells(int hours, String token) throws ParseException {
        Instant issuedAt =
                SignedJWT.parse(token).getJWTClaimsSet().getIssueTime().toInstant();
        Duration off = Duration.between(Instant.now().plus(Duration.ofHours(hours)), issuedAt);
        return off.abs().compareTo(Duration.ofMinutes(30)) < 0;
    }

    /** In one piece: it is read again and again. */
    private void write(int hours) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), "%+dh\n".formatted(hours));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
