package routes.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLOptions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.Settings;

/**
 * TLS on the server, and who may connect. Camel 4.17.0 takes options for both and ignores some of them on its HTTP server, without a
 * word; these hold.
 */
final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final String PROTOCOLS = "http.tls.protocols";
    private static final String CLIENTS = "http.tls.client-certificates";
    private static final Set<String> KNOWN = Set.of("TLSv1.3", "TLSv1.2");
    private static final Map<String, ClientAuth> WORDS =
            Map.of("none", ClientAuth.NONE, "optional", ClientAuth.REQUEST, "required", ClientAuth.REQUIRED);

    private final Settings settings;
    private final Vertx vertx;
    private final Set<String> protocols;
    private final ClientAuth clients;
    private final int reloadSeconds;

    private TlsFiles files;
    /** What a renewal could not use, so that it is told of once. */
    private String broken;

    /** @throws IllegalArgumentException naming the property that cannot be right */
    ServerTls(Settings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
        protocols = new LinkedHashSet<>(settings.list(PROTOCOLS));
        if (protocols.isEmpty() || !KNOWN.containsAll(protocols)) {
            throw new IllegalArgumentException(PROTOCOLS + " may have TLSv1.3 and TLSv1.2, and must have one");
        }
        clients = WORDS.get(settings.text(CLIENTS));
        if (clients == null) {
            throw new IllegalArgumentException(CLIENTS + " must be none, optional or required");
        }
        reloadSeconds = settings.positive("http.tls.reload-seconds");
        checkTogether();
        if (isOn()) {
            files = TlsFiles.read(settings);
            X509Certificate certificate = files.check(vertx);
            if (isValid(certificate)) {
                LOG.info("TLS: {}", validity(certificate));
            } else { // a start that fails would help nobody: who does not look at dates is served
                LOG.warn("TLS: {}, which is not now", validity(certificate));
            }
        }
    }

    private void checkTogether() {
        boolean asked = clients != ClientAuth.NONE;
        needs(TlsFiles.KEY, TlsFiles.CERTIFICATE, isSet(TlsFiles.CERTIFICATE));
        needs(TlsFiles.CERTIFICATE, TlsFiles.KEY, isSet(TlsFiles.KEY));
        needs(TlsFiles.CERTIFICATE, CLIENTS + " = " + settings.text(CLIENTS), asked);
        needs(TlsFiles.TRUSTED, CLIENTS + " = " + settings.text(CLIENTS), asked);
        if (isSet(TlsFiles.TRUSTED) && !asked) {
            throw new IllegalArgumentException(TlsFiles.TRUSTED + " is set, and nobody is asked for a certificate: "
                    + CLIENTS + " must be optional or required");
        }
    }

    private void needs(String what, String who, boolean needed) {
        if (needed && !isSet(what)) {
            throw new IllegalArgumentException(what + " is not set, and " + who + " needs it");
        }
    }

    private boolean isSet(String property) {
        return !settings.text(property).isEmpty();
    }

    boolean isOn() {
        return isSet(TlsFiles.CERTIFICATE);
    }

    void configure(HttpServerOptions options) {
        options.setSsl(true)
                .setUseAlpn(false) // HTTP/1.1 only: the limits of HTTP/2 are others
                .setClientAuth(clients)
                .setEnabledSecureTransportProtocols(protocols);
        SSLOptions ssl = ssl(files);
        options.setKeyCertOptions(ssl.getKeyCertOptions());
        options.setTrustOptions(ssl.getTrustOptions());
    }

    private SSLOptions ssl(TlsFiles current) {
        SSLOptions ssl = new SSLOptions().setEnabledSecureTransportProtocols(protocols);
        current.into(ssl);
        return ssl;
    }

    /** Takes up files that change from now on, without a restart. (Vert.x closes what connects in the very moment.) */
    void watch(HttpServer server) {
        vertx.setPeriodic(1000L * reloadSeconds, timer -> vertx.<TlsFiles>executeBlocking(this::renewed)
                .compose(renewed -> renewed == null
                        ? Future.succeededFuture()
                        : server.updateSSLOptions(ssl(renewed)).onSuccess(updated -> files = renewed))
                .onFailure(this::keepOld));
    }

    /** The files if they have changed, or null. */
    private TlsFiles renewed() {
        TlsFiles now = TlsFiles.read(settings);
        if (now.same(files)) {
            broken = null;
            return null;
        }
        X509Certificate certificate = now.check(vertx);
        if (!now.sameCertificate(files) && !isValid(certificate)) {
            throw new IllegalArgumentException(validity(certificate) + ", which is not now");
        }
        LOG.info("TLS: taking up another certificate: {}", validity(certificate));
        broken = null;
        return now;
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static String validity(X509Certificate certificate) {
        return TlsFiles.CERTIFICATE + " is valid from "
                + certificate.getNotBefore().toInstant() + " until "
                + certificate.getNotAfter().toInstant();
    }

    private void keepOld(Throwable problem) {
        String what = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        if (!what.equals(broken)) {
            broken = what;
            LOG.warn("TLS: the files have changed and cannot be used, the ones before stay: {}", broken);
        }
    }
}
