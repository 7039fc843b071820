package routes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hospital's proxy: it knows where every host is, on this machine, and can refuse to go there. */
public final class ConnectProxy implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final ServerSocket server;
    private volatile String answer = "200 OK";

    public ConnectProxy() throws IOException {
        server = new ServerSocket(Bundle.freePort(), 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** @param status such as {@code 403 Forbidden}; any but 200 is a refusal */
    public void answers(String status) {
        answer = status;
    }

    /** The first lines of all requests, the oldest first. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String first = head(client.getInputStream()).lines().findFirst().orElseThrow();
            asked.add(first);
            client.getOutputStream()
                    .write(("HTTP/1.1 " + answer + "\r\n" + (answer.startsWith("2") ? "" : "Content-Length: 0\r\n")
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (answer.startsWith("200")) {
                int port = Integer.parseInt(first.replaceFirst("CONNECT .*:(\\d+) .*", "$1"));
                try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    threads.execute(() -> copy(target, client));
                    copy(client, target);
                }
            }
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
