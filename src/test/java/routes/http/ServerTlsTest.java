package routes.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.config.Settings;
import routes.support.Authority;
import routes.support.LogOf;

/** Who gets in by TLS, and who does not: what is set holds, and what cannot hold stops the start. */
class ServerTlsTest {

    private static final String PROTOCOLS = "http.tls.protocols";
    private static final String CLIENTS = "http.tls.client-certificates";

    @TempDir
    static Path folder;

    private static Authority authority;
    private static Authority stranger;
    private static Vertx vertx;

    private HttpServer server;

    @BeforeAll
    static void issue() throws Exception {
        authority = new Authority(folder, "authority")
                .issue("server")
                .issue("client")
                .certify("client", "expired", "-2y");
        stranger = new Authority(folder, "stranger");
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Settings settings(Map<String, String> changes) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(TlsFiles.CERTIFICATE, authority.certificate("server").toString());
        settings.put(TlsFiles.KEY, authority.key("server").toString());
        settings.put(TlsFiles.TRUSTED, "");
        settings.put(PROTOCOLS, "TLSv1.3, TLSv1.2");
        settings.put(CLIENTS, "none");
        settings.put("http.tls.reload-seconds", "1");
        settings.putAll(changes);
        if (settings.get(TlsFiles.TRUSTED).isEmpty()
                && !settings.get(CLIENTS).equals("none")
                && !changes.containsKey(TlsFiles.TRUSTED)) {
            settings.put(TlsFiles.TRUSTED, authority.certificate().toString());
        }
        Properties properties = new Properties();
        properties.putAll(settings);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        return new Settings(context);
    }

    private void start(Map<String, String> changes) {
        ServerTls tls = new ServerTls(settings(changes), vertx);
        HttpServerOptions options = new HttpServerOptions();
        tls.configure(options);
        server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("in"));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        tls.watch(server);
    }

    /** What the server says to that client, by that protocol. */
    private String call(SSLContext client, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(5_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes());
            return new String(socket.getInputStream().readAllBytes());
        }
    }

    private void assertIn(SSLContext client, String protocol) throws IOException {
        assertTrue(call(client, protocol).endsWith("in"));
    }

    private void assertOut(SSLContext client, String protocol) {
        assertThrows(IOException.class, () -> call(client, protocol));
    }

    // ------------------------------------------------------------------------------------------------------------- who
    // gets in

    @Test
    void anybodyIsLetInWhereNobodyIsAsked() throws Exception {
        start(Map.of());
        assertIn(authority.client(), "TLSv1.3");
        assertIn(authority.client(), "TLSv1.2");
        assertIn(unknown(), "TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void requiredIsACertificateOfOurAuthorityThatIsGood(String protocol) throws Exception {
        start(Map.of(CLIENTS, "required"));
        assertIn(known(), protocol);
        assertOut(authority.client(), protocol);
        assertOut(unknown(), protocol);
        assertOut(expired(), protocol);
    }

    @Test
    void optionalIsNoneOrAGoodOne() throws Exception {
        start(Map.of(CLIENTS, "optional"));
        assertIn(known(), "TLSv1.3");
        assertIn(authority.client(), "TLSv1.3");
        assertOut(unknown(), "TLSv1.3");
        assertOut(expired(), "TLSv1.3");
    }

    @Test
    void theFloorHolds() throws Exception {
        start(Map.of(PROTOCOLS, "TLSv1.3"));
        assertIn(authority.client(), "TLSv1.3");
        assertOut(authority.client(), "TLSv1.2");
    }

    @Test
    void soDoesTheCeiling() throws Exception {
        start(Map.of(PROTOCOLS, "TLSv1.2"));
        assertIn(authority.client(), "TLSv1.2");
        assertOut(authority.client(), "TLSv1.3");
    }

    private static SSLContext known() throws Exception {
        return authority.client(authority, "client", "client");
    }

    private static SSLContext expired() throws Exception {
        return authority.client(authority, "client", "expired");
    }

    private static SSLContext unknown() throws Exception {
        return authority.client(stranger, "stranger", "stranger");
    }

    /** The JDK speaks no TLS 1.1 by default; so this is what a client says that does: a ClientHello with ciphers of its time. */
    @Test
    void tls11IsRefused() throws Exception {
        start(Map.of());
        String ciphers = "c009c00ac013c014002f0035";
        String hello = "0302" + "11".repeat(32) + "00" + "000c" + ciphers + "0100" + "000e" + "000a000400020017"
                + "000b00020100";
        String handshake = "01" + "%06x".formatted(hello.length() / 2) + hello;
        String record = "160301" + "%04x".formatted(handshake.length() / 2) + handshake;
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(record));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertEquals("15", HexFormat.of().formatHex(answer, 0, 1), "an alert");
            assertEquals("0246", HexFormat.of().formatHex(answer, 5, 7), "a fatal one: protocol_version");
        }
    }

    // --------------------------------------------------------------------------------------------------- what cannot
    // hold

    static Stream<Arguments> wrong() throws Exception {
        Path garbage = Files.writeString(
                folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        String nowhere = folder.resolve("nowhere.pem").toString();
        String noKey =
                "http.tls.key has no private key in PEM, of RSA or EC and without a password, that could be the certificate's";
        return Stream.of(
                Arguments.of(Map.of(TlsFiles.KEY, ""), "http.tls.key is not set, and http.tls.certificate needs it"),
                Arguments.of(
                        Map.of(TlsFiles.CERTIFICATE, ""), "http.tls.certificate is not set, and http.tls.key needs it"),
                Arguments.of(
                        Map.of(TlsFiles.CERTIFICATE, "", TlsFiles.KEY, "", CLIENTS, "required"),
                        "http.tls.certificate is not set, and http.tls.client-certificates = required needs it"),
                Arguments.of(
                        Map.of(CLIENTS, "required", TlsFiles.TRUSTED, ""),
                        "http.tls.trusted is not set, and http.tls.client-certificates = required needs it"),
                Arguments.of(
                        Map.of(CLIENTS, "optional", TlsFiles.TRUSTED, ""),
                        "http.tls.trusted is not set, and http.tls.client-certificates = optional needs it"),
                Arguments.of(
                        Map.of(TlsFiles.TRUSTED, authority.certificate().toString()),
                        "http.tls.trusted is set, and nobody is asked for a certificate: http.tls.client-certificates must be optional or required"),
                Arguments.of(
                        Map.of(CLIENTS, "want"), "http.tls.client-certificates must be none, optional or required"),
                Arguments.of(
                        Map.of(PROTOCOLS, "TLSv1.2, TLSv1.1"),
                        "http.tls.protocols may have TLSv1.3 and TLSv1.2, and must have one"),
                Arguments.of(
                        Map.of(PROTOCOLS, " "), "http.tls.protocols may have TLSv1.3 and TLSv1.2, and must have one"),
                Arguments.of(Map.of(TlsFiles.CERTIFICATE, nowhere), "http.tls.certificate cannot be read: " + nowhere),
                Arguments.of(Map.of(TlsFiles.KEY, folder.toString()), "http.tls.key cannot be read: " + folder),
                Arguments.of(
                        Map.of(CLIENTS, "required", TlsFiles.TRUSTED, nowhere),
                        "http.tls.trusted cannot be read: " + nowhere),
                Arguments.of(
                        Map.of(TlsFiles.CERTIFICATE, garbage.toString()),
                        "http.tls.certificate has no certificate in PEM"),
                Arguments.of(
                        Map.of(TlsFiles.CERTIFICATE, authority.key("server").toString()),
                        "http.tls.certificate has no certificate in PEM"),
                Arguments.of(
                        Map.of(TlsFiles.KEY, authority.certificate("server").toString()), noKey),
                Arguments.of(
                        Map.of(CLIENTS, "required", TlsFiles.TRUSTED, garbage.toString()),
                        "http.tls.trusted has no certificate in PEM"),
                Arguments.of(
                        Map.of(TlsFiles.KEY, authority.key("client").toString()),
                        "http.tls.key is not the key of http.tls.certificate"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void whatCannotHoldStopsTheStart(Map<String, String> changes, String sentence) {
        Exception failed = assertThrows(IllegalArgumentException.class, () -> new ServerTls(settings(changes), vertx));
        assertEquals(sentence, failed.getMessage());
    }

    // --------------------------------------------------------------------------------------------------------------
    // renewal

    private static void replace(Path file, Path by) throws IOException {
        Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void renewedFilesAreTakenUpAndBrokenOnesAreNot() throws Exception {
        Path certificate = Files.copy(authority.certificate("server"), folder.resolve("current.crt"));
        start(Map.of(TlsFiles.CERTIFICATE, certificate.toString()));
        Object first = serial(authority.client());

        Files.writeString(certificate, "half a certif");
        await().during(Duration.ofMillis(1_500))
                .until(() -> serial(authority.client()).equals(first));

        authority.certify("server", "expired-server", "-2y");
        try (LogOf log = new LogOf(ServerTls.class)) {
            replace(certificate, authority.certificate("expired-server"));
            await().until(() -> log.has("WARN", "the ones before stay: http.tls.certificate is valid from"));
        }
        assertEquals(first, serial(authority.client()));

        authority.certify("server", "renewed", "-2d");
        replace(certificate, authority.certificate("renewed"));
        // a connection that comes in the very moment is closed
        await().ignoreExceptions().until(() -> !serial(authority.client()).equals(first));
        assertIn(authority.client(), "TLSv1.3");
    }

    /** Also with a key of another kind, and other authorities. */
    @Test
    void whatIsSetHoldsAfterARenewalToo() throws Exception {
        Path certificate = Files.copy(authority.certificate("server"), folder.resolve("with-clients.crt"));
        Path key = Files.copy(authority.key("server"), folder.resolve("with-clients.key"));
        Path trusted = Files.copy(authority.certificate(), folder.resolve("with-clients.ca"));
        start(Map.of(
                TlsFiles.CERTIFICATE,
                certificate.toString(),
                TlsFiles.KEY,
                key.toString(),
                TlsFiles.TRUSTED,
                trusted.toString(),
                CLIENTS,
                "required",
                PROTOCOLS,
                "TLSv1.3"));
        Object first = serial(known());

        authority.issue("rsa", "RSA");
        replace(certificate, authority.certificate("rsa"));
        replace(key, authority.key("rsa"));
        await().ignoreExceptions().until(() -> !serial(known()).equals(first));
        assertIn(known(), "TLSv1.3");
        assertOut(known(), "TLSv1.2");
        assertOut(authority.client(), "TLSv1.3");
        assertOut(unknown(), "TLSv1.3");
        assertOut(expired(), "TLSv1.3");

        replace(trusted, stranger.certificate());
        await().ignoreExceptions().until(() -> call(unknown(), "TLSv1.3").endsWith("in"));
        assertOut(known(), "TLSv1.3");
        assertOut(authority.client(), "TLSv1.3");
    }

    @Test
    void oneThatHasExpiredIsToldOfAtTheStart() throws Exception {
        authority.certify("server", "expired-at-the-start", "-2y");
        try (LogOf log = new LogOf(ServerTls.class)) {
            start(Map.of(
                    TlsFiles.CERTIFICATE,
                    authority.certificate("expired-at-the-start").toString()));
            assertTrue(log.has("WARN", "which is not now"));
        }
    }

    private Object serial(SSLContext client) throws Exception {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }
}
