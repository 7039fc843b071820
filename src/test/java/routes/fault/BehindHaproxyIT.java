package routes.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.support.Authority;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Distribution;
import routes.support.Haproxy;
import routes.support.Load;
import routes.support.RawConnection;
import routes.support.Shell;
import routes.support.TestDatabase;

/** Two instances of the distribution on one PostgreSQL, behind haproxy with the example that is shipped: docs/distribution.md. */
@Tag("long")
class BehindHaproxyIT {

    private static final Logger LOG = LoggerFactory.getLogger(BehindHaproxyIT.class);

    private static final Path FOLDER = Path.of("target", "haproxy").toAbsolutePath();
    private static final int SENDERS = 4;
    private static final int AT_LEAST = 200;
    private static final int SIGTERM = 128 + 15;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<Properties> SETTINGS = new ArrayList<>();
    private static final List<BundleProcess> INSTANCES = new ArrayList<>();
    private static Distribution distribution;
    private static Authority authority;
    private static Haproxy haproxy;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Shell.has("haproxy"), "needs haproxy (Debian: apt-get install haproxy)");
        distribution = new Distribution(FOLDER);
        authority = new Authority(FOLDER, "authority").issue("localhost").issue("sender");
        Properties database = TestDatabase.POSTGRESQL.create();
        for (String name : List.of("a", "b")) {
            Properties instance = Bundle.settings(database);
            instance.setProperty("http.trusted-proxies", "127.0.0.1/32");
            SETTINGS.add(instance);
            INSTANCES.add(distribution.start(name, instance));
        }
        Path shipped =
                distribution.current().resolve("deploy").resolve("haproxy").resolve("haproxy.cfg");
        haproxy = new Haproxy(shipped, FOLDER, authority, SETTINGS);
        assertEquals("Configuration file is valid\n", haproxy.check());
        haproxy.start();
    }

    @AfterAll
    static void end() throws Exception {
        if (haproxy != null) {
            haproxy.close();
        }
        for (BundleProcess instance : INSTANCES) {
            instance.close();
        }
    }

    @Test
    void whileOneAfterTheOtherIsRestartedNoSenderNoticesAndNothingIsLost() throws Exception {
        SSLContext sender = authority.client(authority, "sender", "sender");
        try (Load load = new Load(
                HttpClient.newBuilder().sslContext(sender),
                haproxy.uri("/webhooks/coverage-discovery"),
                INSTANCES.get(0).token("optum"),
                SENDERS)) {
            for (int i = 0; i < INSTANCES.size(); i++) {
                more(load);
                INSTANCES.get(i).terminate();
                assertEquals(SIGTERM, INSTANCES.get(i).exitCode(PATIENCE));
                more(load);
                INSTANCES.set(i, distribution.start(i + "-again", SETTINGS.get(i)));
                more(load);
            }
            load.finish();
            INSTANCES.get(0).awaitDeliveries();
            Ledger ledger = Ledger.read(SETTINGS.get(0));
            LOG.info(
                    "behind haproxy, two restarts: acknowledged {}, of these at the second try or later {}, lost {}, doubled {}",
                    load.acknowledged().size(),
                    load.tries().size() - load.acknowledged().size(),
                    ledger.lost(load.acknowledged()).size(),
                    ledger.doubled().size());
            assertEquals(Set.of(204), load.statuses());
            assertEquals(load.acknowledged().size(), load.tries().size(), "some got no answer");
            assertEquals(Set.of(), ledger.lost(load.acknowledged()));
            assertEquals(Set.of(), ledger.doubled());
        }
    }

    private static void more(Load load) {
        int before = load.acknowledged().size();
        await().atMost(PATIENCE).until(() -> load.acknowledged().size() >= before + AT_LEAST);
    }

    @Test
    void whoShowsNoCertificateIsRefusedAndOperatorsComeAnotherWay() throws Exception {
        assertThrows(SSLException.class, () -> get(authority.client(), "/openapi.yaml"));
        SSLContext sender = authority.client(authority, "sender", "sender");
        assertEquals(List.of(200), get(sender, "/openapi.yaml"));
        assertEquals(
                List.of(405), get(sender, "/webhooks/coverage-discovery"), "an instance says that it wants a POST");
        assertEquals(List.of(403), get(sender, "/events"));
    }

    /** The statuses of the answers, of which there should be one. (The JDK's client may wait for ever when it is refused.) */
    private List<Integer> get(SSLContext client, String path) throws Exception {
        try (Socket socket = client.getSocketFactory()
                .createSocket("localhost", haproxy.uri("/").getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return RawConnection.statuses(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }
}
