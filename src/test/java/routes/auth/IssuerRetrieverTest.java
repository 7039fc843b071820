package routes.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of an issuer: what is taken of them, and what is not. */
class IssuerRetrieverTest {

    private static final int MOST = 512 * 1024;

    private static HttpServer web;

    @BeforeAll
    static void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // /<status>/<length>
        web.createContext("/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().split("/");
            byte[] body = "x".repeat(Integer.parseInt(path[2])).getBytes();
            exchange.getResponseHeaders().add("Location", "/200/1");
            exchange.sendResponseHeaders(Integer.parseInt(path[1]), 0);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            } catch (IOException e) {
                // too long for who asked
            }
        });
        web.start();
    }

    @AfterAll
    static void stop() {
        web.stop(0);
    }

    private static String get(boolean demo, String path) throws IOException {
        return new IssuerRetriever(demo)
                .get("http://127.0.0.1:" + web.getAddress().getPort() + path);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "" + MOST})
    void aDocumentOfModerateLengthIsTaken(int length) throws IOException {
        assertEquals(length, get(true, "/200/" + length).length());
    }

    @ParameterizedTest
    @CsvSource({"/200/" + (MOST + 1), "/200/9000000", "/302/1", "/404/1", "/500/1"})
    void oneThatIsTooLongOrElsewhereOrNoneIsNot(String path) {
        assertThrows(IOException.class, () -> get(true, path));
    }

    @Test
    void withoutTheDemoSettingsNothingIsAskedByHttp() {
        IOException refused = assertThrows(IOException.class, () -> get(false, "/200/1"));
        assertEquals("not a URL that may be asked", refused.getMessage());
    }
}
