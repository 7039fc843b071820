package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Load;
import routes.support.Load.Outcome;
import routes.support.Load.Try;
import routes.support.TestDatabase;

/** The orderly stop, while senders go on sending: docs/reliability.md. */
@Tag("long")
@ParameterizedClass
@EnumSource
class SigtermIT {

    private static final Logger LOG = LoggerFactory.getLogger(SigtermIT.class);

    private static final int SENDERS = 16;
    private static final int SHUTDOWN_SECONDS = 30;
    private static final int SIGTERM = 128 + 15;

    @Parameter
    TestDatabase database;

    private BundleProcess bundle;
    private Load load;

    @AfterEach
    void end() throws Exception {
        if (load != null) {
            load.close();
        }
        if (bundle != null) {
            bundle.close();
        }
    }

    @Test
    void everyRequestInFlightIsAnsweredAndNothingIsLostOrLeftLeased() throws Exception {
        Properties settings = Bundle.settings(database.create());
        settings.setProperty("camel.main.shutdownTimeout", Integer.toString(SHUTDOWN_SECONDS));
        // One slow worker: so that deliveries wait in memory when the signal comes, and must be given back.
        settings.setProperty("delivery.jdbc.workers", "1");
        bundle = BundleProcess.start("sigterm-" + database + "-0", settings);
        load = new Load(bundle.webhook(), bundle.token("optum"), SENDERS);
        await().atMost(Duration.ofMinutes(1)).until(() -> load.acknowledged().size() >= 500);

        long signal = System.nanoTime();
        bundle.terminate();
        int exitCode = bundle.exitCode(Duration.ofSeconds(SHUTDOWN_SECONDS + 15));
        load.close();
        Ledger stopped = Ledger.read(settings);
        List<String> log = bundle.log();

        bundle = BundleProcess.start("sigterm-" + database + "-1", settings);
        bundle.awaitDeliveries();
        bundle.close();
        Ledger restarted = Ledger.read(settings);

        Set<UUID> lost = restarted.lost(load.acknowledged());
        Set<UUID> doubled = restarted.doubled();
        LOG.info(
                "{}, SIGTERM: acknowledged {}, stored {}, lost {}, doubled {} (delivered before the exit {};"
                        + " requests after the signal: {})",
                database,
                load.acknowledged().size(),
                restarted.events().size(),
                lost.size(),
                doubled.size(),
                stopped.tasks().size(),
                after(signal));
        assertEquals(Set.of(), lost);
        assertEquals(Set.of(), doubled);
        assertEquals(Set.of(), unanswered(signal));
        assertEquals(Set.of(), storedWithoutAnswer(stopped));
        assertEquals(Set.of(204, 503), load.statuses());
        assertEquals(0, stopped.leases());
        assertEquals(SIGTERM, exitCode);
        List<String> lastLines = log.subList(log.size() - 3, log.size()); // in any order: two threads write them
        assertTrue(lastLines.stream().anyMatch(line -> line.contains("shutdown in")), lastLines::toString);
    }

    /**
     * Requests that were in flight at the signal and got no answer. One sent after the signal on a kept-alive connection may
     * meet the close of that connection: in HTTP/1.1 nobody can prevent that, and the sender's retry is harmless. But see
     * {@link #storedWithoutAnswer}.
     */
    private Set<Try> unanswered(long signal) {
        return load.tries().stream()
                .filter(made -> made.sentAt() - signal < 0 && made.status() == null)
                .collect(Collectors.toSet());
    }

    /** A request that reached a route was answered, whenever it was sent: what is stored and has no answer was cut off. */
    private Set<UUID> storedWithoutAnswer(Ledger ledger) {
        Set<UUID> tasks = new HashSet<>(ledger.events().keySet());
        load.tries().stream().filter(made -> made.status() != null).forEach(made -> tasks.remove(made.task()));
        return tasks;
    }

    private String after(long signal) {
        return load.tries().stream()
                .filter(made -> made.sentAt() - signal >= 0)
                .collect(Collectors.groupingBy(SigtermIT::outcome, Collectors.counting()))
                .toString();
    }

    private static String outcome(Try made) {
        return made.outcome() == Outcome.REJECTED
                ? made.status().toString()
                : made.outcome().toString().toLowerCase();
    }
}
