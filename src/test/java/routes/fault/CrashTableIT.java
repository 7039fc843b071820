package routes.fault;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.DurablePostgres;
import routes.support.Findings;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.TestDatabase;

/** The crash table of docs/reliability.md: whatever happens under load, what was acknowledged is stored, and comes to every destination. */
@Tag("crash")
class CrashTableIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTableIT.class);

    /** On each database. */
    private static final int KILLS = Integer.getInteger("crash.kills", 200);

    /** Of each kind, on each database. */
    private static final int OUTAGES = Integer.getInteger("crash.outages", 3);

    /** The lines with these words only. */
    private static final String ONLY = System.getProperty("crash.only", "");

    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final Path FILE = Path.of("target", "crash-table.md");
    private static final StringBuilder TABLE = new StringBuilder();

    @AutoClose
    private static KafkaBroker broker;

    @AutoClose
    private static Partner partner;

    @AutoClose
    private static DurablePostgres postgres;

    private static int scenes;

    @BeforeAll
    static void start() throws Exception {
        LOG.info("crash.seed={}", SEED);
        broker = new KafkaBroker().start();
        partner = new Partner();
        postgres = new DurablePostgres(Map.of()).start();
    }

    static Stream<Arguments> faults() {
        Outages outages = new Outages(broker, partner, postgres, OUTAGES);
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.concat(Kills.all(KILLS).stream(), outages.all().stream())
                        .filter(fault -> fault.on().contains(database))
                        .filter(fault -> fault.times() > 0 && fault.words().contains(ONLY))
                        .map(fault -> arguments(fault, database)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faults")
    void whatWasAcknowledgedIsStoredOnceAndDelivered(Fault fault, TestDatabase database) throws Exception {
        String name = "crash" + ++scenes;
        LOG.info("{}: {}, {}", name, fault, database);
        Random random = new Random(SEED + (fault.words() + database).hashCode());
        try (Scene scene = new Scene(properties(database, name), new Destinations(name, broker, partner))) {
            for (int i = 0; i < fault.times(); i++) {
                fault.happening().happen(scene, random);
            }
            Count count = scene.end();
            String line = count.line(fault.words(), database, fault.times());
            LOG.info("\n{}", line);
            TABLE.append(line);
            Files.writeString(FILE, table()); // what there is, should the rest not come
            count.check();
        }
    }

    private static Properties properties(TestDatabase database, String name) throws Exception {
        return database == TestDatabase.H2 ? database.create() : postgres.create(name);
    }

    @AfterAll
    static void write() throws Exception {
        LOG.info("\n{}", table());
        if (Boolean.getBoolean("crash.write")) {
            Findings.write(Path.of("docs", "reliability.md"), "crash", table());
        }
    }

    private static String table() {
        return Findings.circumstances() + "; seed " + SEED + ".\n\n" + Count.HEAD + TABLE;
    }
}
