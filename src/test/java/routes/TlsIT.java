package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.RawConnection.statuses;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Authority;
import routes.support.Bundle;
import routes.support.RawConnection;
import routes.support.TestDatabase;

/** The whole bundle behind TLS, with clients that must have a certificate. {@code ServerTlsTest} has who gets in. */
class TlsIT {

    private static final String HSTS = "Strict-Transport-Security: max-age=31536000\r\n";

    @TempDir
    static Path folder;

    private static Authority authority;
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        authority = new Authority(folder, "authority").issue("server").issue("client");
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "http.tls.certificate", authority.certificate("server").toString(),
                        "http.tls.key", authority.key("server").toString(),
                        "http.tls.client-certificates", "required",
                        "http.tls.trusted", authority.certificate().toString()));
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    private static SSLSocket connect(SSLContext client, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", bundle.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLContext known() throws Exception {
        return authority.client(authority, "client", "client");
    }

    private static String form(String fields) {
        return "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + fields.length() + "\r\n\r\n"
                + fields;
    }

    @Test
    void whoeverHasACertificateIsServedAndToldToStayWithTls() throws Exception {
        String fields = "grant_type=client_credentials&client_id=optum&client_secret=" + Bundle.SECRET;
        for (String request : List.of(
                form(fields),
                form("x=y"),
                form(fields).replace("oauth2", "nowhere"),
                form(fields).replace("Host", "x"))) {
            try (RawConnection connection = new RawConnection(connect(known()))) {
                connection.write(request);
                String answer = connection.untilItEnds();
                assertEquals(1, statuses(answer).size());
                assertTrue(answer.contains(HSTS), answer);
            }
        }
        try (RawConnection connection = new RawConnection(connect(known()))) {
            connection.write(form(fields));
            assertEquals(List.of(200), statuses(connection.untilItEnds()));
        }
    }

    @Test
    void whoeverHasNoneIsNot() {
        assertThrows(IOException.class, () -> {
            try (SSLSocket socket = connect(authority.client())) {
                socket.getOutputStream().write(form("").getBytes());
                socket.getInputStream().readAllBytes();
            }
        });
    }

    /** Its limits are others than those that are set here. */
    @Test
    void http2IsNotSpoken() throws Exception {
        try (SSLSocket socket = connect(known(), "h2", "http/1.1")) {
            socket.startHandshake();
            assertEquals("", socket.getApplicationProtocol());
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
        }
    }

    @Test
    void plainHttpAtThePortOfTlsEnds() throws Exception {
        assertEquals(List.of(), statuses(RawConnection.exchange(bundle.port(), form(""))));
    }

    @Test
    void theManagementServerStaysPlain() throws Exception {
        assertEquals(
                200,
                bundle.send(HttpRequest.newBuilder(bundle.management("/observe/health")))
                        .statusCode());
    }
}
