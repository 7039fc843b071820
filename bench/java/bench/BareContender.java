package bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import routes.support.Bundle;

/** {@link BareServer} as a process of its own. */
final class BareContender implements Contender {

    private final String name;
    private final Process process;
    private final HttpLoad load;

    BareContender(String name) throws IOException {
        this.name = name;
        int port = Bundle.freePort();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareServer.class.getName(),
                        Integer.toString(port))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().ignoreException(ConnectException.class).until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        load = new HttpLoad(URI.create("http://127.0.0.1:" + port + "/"), "none", List.of("none"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Figures measure(int connections, Duration warmUp, Duration time) {
        return load.closed(connections, warmUp, time);
    }

    @Override
    public void close() {
        load.close();
        process.destroyForcibly();
    }
}
