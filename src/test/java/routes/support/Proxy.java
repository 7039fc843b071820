package routes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A real network between the bundle and its database that a test can cut and mend, or make hang. */
public final class Proxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile String unheard;

    private Proxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(Bundle.freePort(), 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** A proxy before that PostgreSQL database; the properties are changed to go through it. */
    public static Proxy before(Properties database) throws IOException {
        String url = database.getProperty("database.url");
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        Proxy proxy = new Proxy(port);
        database.setProperty("database.url", url.replace(":" + port + "/", ":" + proxy.server.getLocalPort() + "/"));
        return proxy;
    }

    /** Breaks every connection, and every new one, until {@link #mend}. */
    public void cut() {
        cut = true;
        sockets.forEach(Proxy::close);
        sockets.clear();
    }

    /** The next transaction with such a statement is committed, but its connection breaks before anybody is told. */
    public void loseCommitOf(String statement) {
        unheard = statement;
    }

    public void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        cut();
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    close(client);
                    continue;
                }
                Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(database);
                AtomicBoolean doomed = new AtomicBoolean();
                daemon(() -> copy(client, database, sent -> {
                    if (unheard != null && sent.contains(unheard)) {
                        unheard = null;
                        doomed.set(true);
                    }
                    return true;
                }));
                daemon(() -> copy(database, client, answer -> !(doomed.get() && answer.contains("COMMIT\0"))));
            } catch (IOException e) {
                // the next connection, then; or closed
            }
        }
    }

    /** @param passes whether such bytes, as Latin-1, are passed on; otherwise the connection breaks */
    private void copy(Socket from, Socket to, Predicate<String> passes) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0 && passes.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // cut
        } finally {
            sockets.remove(from);
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
