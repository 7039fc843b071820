package routes.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import routes.config.Settings;

/** The PEM files of the server, as they are on the disk now: read once, so that what was checked is what is used. */
final class TlsFiles {

    static final String CERTIFICATE = "http.tls.certificate";
    static final String KEY = "http.tls.key";
    static final String TRUSTED = "http.tls.trusted";

    private final Buffer certificate;
    private final Buffer key;
    private final Buffer trusted;

    private TlsFiles(Buffer certificate, Buffer key, Buffer trusted) {
        this.certificate = certificate;
        this.key = key;
        this.trusted = trusted;
    }

    /** @throws IllegalArgumentException naming the property whose file is not there or cannot be read */
    static TlsFiles read(Settings settings) {
        return new TlsFiles(file(settings, CERTIFICATE), file(settings, KEY), file(settings, TRUSTED));
    }

    private static Buffer file(Settings settings, String property) {
        String file = settings.text(property);
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Buffer.buffer(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException(property + " cannot be read: " + file);
        }
    }

    boolean sameCertificate(TlsFiles other) {
        return certificate.equals(other.certificate);
    }

    boolean same(TlsFiles other) {
        return sameCertificate(other)
                && key.equals(other.key)
                && (trusted == null ? other.trusted == null : trusted.equals(other.trusted));
    }

    /** Puts them among the options. */
    void into(SSLOptions options) {
        options.setKeyCertOptions(identity());
        if (trusted != null) {
            options.setTrustOptions(authorities());
        }
    }

    private PemKeyCertOptions identity() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    private PemTrustOptions authorities() {
        return new PemTrustOptions().addCertValue(trusted);
    }

    /**
     * Checks that all is there and belongs together.
     *
     * @return the certificate of the server, which may have expired
     * @throws IllegalArgumentException naming the property that is wrong
     */
    X509Certificate check(Vertx vertx) {
        loaded(
                CERTIFICATE + " has no certificate in PEM",
                () -> new PemTrustOptions().addCertValue(certificate).loadKeyStore(vertx));
        KeyStore store = loaded(
                KEY
                        + " has no private key in PEM, of RSA or EC and without a password, that could be the certificate's",
                () -> identity().loadKeyStore(vertx));
        if (trusted != null) {
            loaded(TRUSTED + " has no certificate in PEM", () -> authorities().loadKeyStore(vertx));
        }
        return loaded(KEY + " is not the key of " + CERTIFICATE, () -> {
            String alias = store.aliases().nextElement();
            X509Certificate own = (X509Certificate) store.getCertificate(alias);
            match((PrivateKey) store.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray()), own);
            return own;
        });
    }

    /** What the one signs, the other must verify. */
    private static void match(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(new byte[32]);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(new byte[32]);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException();
        }
    }

    private interface Loading<T> {
        T load() throws Exception;
    }

    /** The causes may quote what is in the files. */
    private static <T> T loaded(String otherwise, Loading<T> loading) {
        try {
            return loading.load();
        } catch (Exception e) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
