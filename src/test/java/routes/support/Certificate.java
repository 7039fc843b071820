package routes.support;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody has signed but its owner, made by the JDK's keytool; and a trust store that has it. */
public final class Certificate {

    public static final String PASSWORD = "test-password";

    private final Path keys;
    private final Path trust;

    /** @param name of the host that it is for */
    public Certificate(Path folder, String name) throws Exception {
        keys = folder.resolve(name + "-keys.p12");
        trust = folder.resolve(name + "-trust.p12");
        Path file = folder.resolve(name + ".crt");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name);
        keytool(keys, "-exportcert", "-file", file.toString());
        keytool(trust, "-importcert", "-noprompt", "-file", file.toString());
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "partner", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }

    /** A PKCS12 file. */
    public Path trustStore() {
        return trust;
    }

    /** What its owner listens with. */
    public SSLContext server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
