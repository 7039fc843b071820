package routes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A real network between the bundle and its database that a test can cut and mend, or make hang. */
public final class Proxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

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
                daemon(() -> copy(client, database));
                daemon(() -> copy(database, client));
            } catch (IOException e) {
                // the next connection, then; or closed
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
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
