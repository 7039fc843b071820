package routes.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A real haproxy with the example that is shipped, into which its reader puts addresses and files. */
public final class Haproxy implements AutoCloseable {

    private final int port = Bundle.freePort();
    private final Path folder;
    private final Path file;
    private Process process;

    /**
     * @param shipped the example
     * @param folder where its files go
     * @param tls whose certificate for {@code localhost} it shows, and from whom clients' must be
     * @param instances the settings of the two
     */
    public Haproxy(Path shipped, Path folder, Authority tls, List<Properties> instances) throws IOException {
        this.folder = folder;
        file = folder.resolve("haproxy.cfg");
        Path pem = folder.resolve("localhost.pem");
        Files.writeString(pem, Files.readString(tls.certificate("localhost")) + Files.readString(tls.key("localhost")));
        String config = Files.readString(shipped);
        for (Map.Entry<String, String> put : Map.of(
                        "log /dev/log local0", "log stdout format raw local0",
                        "/run/haproxy/admin.sock", folder.resolve("admin.sock").toString(),
                        "bind :443", "bind 127.0.0.1:" + port,
                        "/etc/haproxy/webhook-routes.pem", pem.toString(),
                        "/etc/haproxy/clients-ca.pem", tls.certificate().toString(),
                        "10.0.0.11:8080", address(instances.get(0)),
                        "10.0.0.12:8080", address(instances.get(1)))
                .entrySet()) {
            if (!config.contains(put.getKey())) {
                throw new AssertionError(put.getKey() + " is not in " + shipped);
            }
            config = config.replace(put.getKey(), put.getValue());
        }
        Files.writeString(file, config);
    }

    private static String address(Properties instance) {
        return "127.0.0.1:" + instance.getProperty("http.port") + " port " + instance.getProperty("management.port");
    }

    /** What it says of its configuration, warnings too. */
    public String check() throws Exception {
        return Shell.run(folder, "haproxy -c -f '" + file + "' 2>&1");
    }

    public Haproxy start() throws IOException {
        process = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            new Socket("127.0.0.1", port).close();
            return true;
        });
        return this;
    }

    public URI uri(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
