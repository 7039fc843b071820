package routes.delivery;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContexts;
import routes.config.Settings;

/** Whom partners' certificates must be from: the authorities of the JDK, or those of the operator's trust store instead. */
final class PartnerTls {

    private static final String FILE = "callback.trust-store";
    private static final String PASSWORD = "callback.trust-store-password";

    private PartnerTls() {}

    /** @throws IllegalArgumentException naming the property, when there is nothing to trust in the file */
    static TlsSocketStrategy of(Settings settings) {
        String file = settings.text(FILE);
        return file.isEmpty()
                ? DefaultClientTlsStrategy.createDefault()
                : new DefaultClientTlsStrategy(
                        context(new File(file), settings.text(PASSWORD)),
                        HostnameVerificationPolicy.BOTH,
                        HttpsSupport.getDefaultHostnameVerifier());
    }

    private static SSLContext context(File file, String password) {
        if (!file.isFile() || !file.canRead()) {
            throw new IllegalArgumentException(FILE + " cannot be read: " + file);
        }
        try {
            KeyStore store = KeyStore.getInstance(file, password.toCharArray());
            boolean trusts = false;
            for (String alias : Collections.list(store.aliases())) {
                trusts |= store.isCertificateEntry(alias);
            }
            if (!trusts) { // a key of one's own, with its certificate, is nothing to trust
                throw new IllegalArgumentException(FILE + " has no certificate to trust: " + file);
            }
            return SSLContexts.custom().loadTrustMaterial(store, null).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(FILE + " cannot be opened with " + PASSWORD + ": " + file, e);
        }
    }
}
