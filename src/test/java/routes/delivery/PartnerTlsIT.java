package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Certificate;
import routes.support.ConnectProxy;
import routes.support.Partner;
import routes.support.Subscriber;
import routes.support.TestDatabase;

/** Partners over real TLS: by the operator's trust store, and through the operator's proxy. */
class PartnerTlsIT {

    private static final String HOST = "partner.example";
    private static final String PATH = "/hook";

    @TempDir
    static Path folder;

    private static Certificate certificate;
    private static Partner server;

    @BeforeAll
    static void start() throws Exception {
        certificate = new Certificate(folder, HOST);
        server = new Partner(certificate.server());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---------------------------------------------------------------------------------------------------- certificates

    @Test
    void aCertificateOfTheTrustStoreIsTrustedForItsHostOnly() throws Exception {
        try (Bundle bundle = onThisMachine(trusting())) {
            Subscriber partner = Subscriber.of(bundle, "partner");
            // whoever looked it up once more would be refused
            bundle.names().leadsTo(HOST, "127.0.0.1", "127.0.0.1", "10.0.0.1");
            server.secret(PATH, partner.at(server.url(HOST, PATH)));
            String task = partner.tell();
            partner.awaitState(task, "delivered");
            assertEquals(List.of("delivered 204 null"), partner.attempts(task));
            assertTrue(server.received(PATH).get(0).verified());
            assertEquals(2, bundle.names().lookups(HOST), "once registered, once connected to");

            bundle.names().leadsTo("other.example", "127.0.0.1");
            int before = server.received(PATH).size();
            partner.at(server.url("other.example", PATH));
            String wrong = partner.tell();
            partner.awaitState(wrong, "dead");
            assertEquals(2, partner.attempts(wrong).size(), "tried again");
            partner.attempts(wrong)
                    .forEach(attempt ->
                            assertTrue(attempt.matches("(failed|dead) null CertificateException.*"), attempt));
            assertEquals(before, server.received(PATH).size());
        }
    }

    @Test
    void withoutTheTrustStoreItIsNotTrusted() throws Exception {
        try (Bundle bundle = onThisMachine(Map.of())) {
            int before = server.received(PATH).size();
            Subscriber partner = Subscriber.of(bundle, "partner");
            bundle.names().leadsTo(HOST, "127.0.0.1");
            partner.at(server.url(HOST, PATH));
            String task = partner.tell();
            partner.awaitState(task, "dead");
            assertEquals(2, partner.attempts(task).size(), "tried again");
            partner.attempts(task)
                    .forEach(attempt ->
                            assertTrue(attempt.matches("(failed|dead) null SunCertPathBuilderException.*"), attempt));
            assertEquals(before, server.received(PATH).size());
        }
    }

    @Test
    void whatIsRefusedLeavesNoConnectionBehind() throws Exception {
        Map<String, String> few = new HashMap<>(trusting());
        few.put("callback.workers", "2");
        few.put("callback.per-partner", "2");
        try (Bundle bundle = onThisMachine(few)) {
            Subscriber partner = Subscriber.of(bundle, "partner");
            bundle.names().leadsTo(HOST, "127.0.0.1", "10.0.0.1");
            server.secret(PATH, partner.at(server.url(HOST, PATH)));
            List<String> refused = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                refused.add(partner.tell());
            }
            refused.forEach(task -> partner.awaitState(task, "dead"));
            bundle.names().leadsTo(HOST, "127.0.0.1");
            String task = partner.tell();
            partner.awaitState(task, "delivered");
            assertEquals(1, partner.attempts(task).size());
        }
    }

    private static Map<String, String> trusting() {
        return Map.of(
                "callback.trust-store",
                certificate.trustStore().toString(),
                "callback.trust-store-password",
                Certificate.PASSWORD);
    }

    /** A bundle that may call this machine. */
    private static Bundle onThisMachine(Map<String, String> more) {
        Map<String, String> settings = Subscriber.settings(List.of("partner"));
        settings.put("demo.enabled", "true");
        settings.put("callback.allowed-ports", Integer.toString(server.port()));
        settings.putAll(more);
        return Bundle.start(TestDatabase.H2.create(), settings);
    }

    // ------------------------------------------------------------------------------------------------------- the proxy

    @Test
    void throughAProxyWhichLooksTheHostUp() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy();
                Bundle bundle = behind(proxy)) {
            Subscriber partner = Subscriber.of(bundle, "partner");
            bundle.names().leadsTo(HOST, "127.0.0.1");
            server.secret(PATH, partner.at(server.url(HOST, PATH)));
            String task = partner.tell();
            partner.awaitState(task, "delivered");
            assertEquals(List.of("CONNECT " + HOST + ":" + server.port() + " HTTP/1.1"), proxy.asked());
            assertEquals(0, bundle.names().lookups(HOST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway", "204 No Content"})
    void aRefusalOfTheProxyIsNotThePartners(String status) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy();
                Bundle bundle = behind(proxy)) {
            proxy.answers(status);
            Subscriber partner = Subscriber.of(bundle, "partner");
            partner.at(server.url(HOST, PATH));
            String task = partner.tell();
            partner.awaitState(task, "dead");
            String expected = " null the proxy answered " + status.substring(0, 3);
            assertEquals(List.of("failed" + expected, "dead" + expected), partner.attempts(task));
            await().until(() -> proxy.asked().size() == 2);
        }
    }

    /** With production's settings: the proxy is on this machine, and nobody else there may be called. */
    private static Bundle behind(ConnectProxy proxy) {
        Map<String, String> settings = Subscriber.settings(List.of("partner"));
        settings.put("callback.proxy", proxy.url());
        settings.put("callback.allowed-hosts", "*.example");
        settings.put("callback.allowed-ports", Integer.toString(server.port()));
        settings.putAll(trusting());
        return Bundle.start(TestDatabase.H2.create(), settings);
    }
}
