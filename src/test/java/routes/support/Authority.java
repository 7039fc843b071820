package routes.support;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** An authority of the tests' own, whose certificates and their keys are in PEM files; made by the JDK's keytool. */
public final class Authority {

    private static final String PASSWORD = "test-password";

    private final Path folder;
    private final String name;

    public Authority(Path folder, String name) throws Exception {
        this.folder = folder;
        this.name = name;
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c");
        pem(certificate(name), "CERTIFICATE", store(name).getCertificate(name).getEncoded());
    }

    /** Makes a key and a certificate for it. */
    public Authority issue(String owner) throws Exception {
        return issue(owner, "EC");
    }

    /** As {@link #issue(String)}, with a key of that kind. */
    public Authority issue(String owner, String algorithm) throws Exception {
        keytool(owner, "-genkeypair", "-keyalg", algorithm, "-dname", "CN=" + owner);
        PrivateKey key = (PrivateKey) store(owner).getKey(owner, PASSWORD.toCharArray());
        pem(key(owner), "PRIVATE KEY", key.getEncoded());
        keytool(owner, "-certreq", "-file", folder.resolve(owner + ".csr").toString());
        return certify(owner, owner, "-1d");
    }

    /**
     * Makes another certificate for the key of an owner, good for a month.
     *
     * @param as the name of the certificate
     * @param from when it begins to be good, as keytool has it: {@code -2y}
     */
    public Authority certify(String owner, String as, String from) throws Exception {
        keytool(
                name,
                "-gencert",
                "-rfc",
                "-infile",
                folder.resolve(owner + ".csr").toString(),
                "-outfile",
                certificate(as).toString(),
                "-startdate",
                from,
                "-validity",
                "30",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        return this;
    }

    private void keytool(String owner, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", owner, "-keystore", folder.resolve(owner + ".p12").toString()));
        command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }

    private KeyStore store(String owner) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(owner + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void pem(Path file, String kind, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /** The PEM file of the certificate of this owner, or of the authority itself. */
    public Path certificate(String owner) {
        return folder.resolve(owner + ".crt");
    }

    public Path key(String owner) {
        return folder.resolve(owner + ".key");
    }

    /** The certificate of the authority itself. */
    public Path certificate() {
        return certificate(name);
    }

    /** What a client connects with that trusts this authority. */
    public SSLContext client() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }

    /** The same, which shows this certificate for the key of that owner, whoever has issued it and whatever is asked for. */
    public SSLContext client(Authority issuer, String owner, String certificate) throws Exception {
        PrivateKey key = (PrivateKey) issuer.store(owner).getKey(owner, PASSWORD.toCharArray());
        X509Certificate shown;
        try (InputStream in = Files.newInputStream(issuer.certificate(certificate))) {
            shown = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Stubborn(key, shown)}, trust().getTrustManagers(), null);
        return context;
    }

    /** The JDK's own shows nothing that the server will not like. */
    private static final class Stubborn extends X509ExtendedKeyManager {

        private final PrivateKey key;
        private final X509Certificate certificate;

        Stubborn(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "it";
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return chooseClientAlias(types, issuers, null);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"it"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, store(name).getCertificate(name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }
}
