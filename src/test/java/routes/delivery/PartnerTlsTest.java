package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.config.Settings;
import routes.support.Guard;

/** A trust store with which no partner could be reached stops the start. */
class PartnerTlsTest {

    private static final String PASSWORD = "test-password";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aTrustStoreIsOneOfTwoKinds(String kind) throws Exception {
        Path file = store(kind, true);
        assertDoesNotThrow(() -> PartnerTls.of(settings(file, PASSWORD)));
    }

    @Test
    void withoutATrustStoreTheJdksIsUsed() {
        assertDoesNotThrow(() -> PartnerTls.of(new Settings(Guard.context(Map.of()))));
    }

    @Test
    void aFileThatIsNotThere() {
        Path file = folder.resolve("nowhere.p12");
        assertEquals("callback.trust-store cannot be read: " + file, failure(file, PASSWORD));
    }

    @Test
    void aFolder() {
        assertEquals("callback.trust-store cannot be read: " + folder, failure(folder, PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", ""})
    void anotherPassword(String password) throws Exception {
        Path file = store("JKS", true);
        assertEquals(
                "callback.trust-store cannot be opened with callback.trust-store-password: " + file,
                failure(file, password));
    }

    @Test
    void aFileOfAnotherKind() throws Exception {
        Path file = Files.writeString(folder.resolve("partners.pem"), "-----BEGIN CERTIFICATE-----");
        assertEquals(
                "callback.trust-store cannot be opened with callback.trust-store-password: " + file,
                failure(file, PASSWORD));
    }

    @Test
    void aStoreWithoutCertificates() throws Exception {
        Path file = store("PKCS12", false);
        assertEquals("callback.trust-store has no certificate to trust: " + file, failure(file, PASSWORD));
    }

    /** A store with the first certificate that the JDK trusts, or with none. */
    private Path store(String kind, boolean filled) throws Exception {
        KeyStore store = KeyStore.getInstance(kind);
        store.load(null, null);
        if (filled) {
            KeyStore jdk = KeyStore.getInstance(
                    Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                            .toFile(),
                    "changeit".toCharArray());
            String first = jdk.aliases().nextElement();
            store.setCertificateEntry(first, jdk.getCertificate(first));
        }
        Path file = folder.resolve("partners");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static String failure(Path file, String password) {
        Settings settings = settings(file, password);
        return assertThrows(IllegalArgumentException.class, () -> PartnerTls.of(settings))
                .getMessage();
    }

    private static Settings settings(Path file, String password) {
        return new Settings(Guard.context(
                Map.of("callback.trust-store", file.toString(), "callback.trust-store-password", password)));
    }
}
