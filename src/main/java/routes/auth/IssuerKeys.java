package routes.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public keys of an external issuer, as it has them now: at the URL that is set, or where its own description says. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final String DESCRIPTION = "/.well-known/openid-configuration";

    private final String name;
    private final String issuer;
    private final String configuredUrl;
    private final IssuerRetriever retriever;
    private volatile String url;
    private volatile boolean away;

    /** @param configuredUrl where the keys are; null: its description says */
    IssuerKeys(String name, String issuer, String configuredUrl, IssuerRetriever retriever) {
        this.name = name;
        this.issuer = issuer;
        this.configuredUrl = configuredUrl;
        this.retriever = retriever;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
            throws KeySourceException {
        try {
            if (url == null) {
                url = configuredUrl == null ? described() : configuredUrl;
            }
            JWKSet keys = JWKSet.parse(retriever.get(url));
            if (away) {
                LOG.info("the keys of issuer {} can be had again", name);
            }
            away = false;
            return keys;
        } catch (IOException | ParseException | RuntimeException e) {
            url = null; // they may have moved
            if (!away) {
                LOG.warn(
                        "the keys of issuer {} cannot be had: {}",
                        name,
                        e.getClass().getSimpleName());
            }
            away = true;
            throw new JWKSetRetrievalException("the keys cannot be had", e);
        }
    }

    private String described() throws IOException, ParseException {
        Map<String, Object> description =
                JSONObjectUtils.parse(retriever.get(issuer.replaceAll("/$", "") + DESCRIPTION));
        if (!issuer.equals(description.get("issuer"))) {
            throw new IOException("the description is that of another issuer");
        }
        return JSONObjectUtils.getString(description, "jwks_uri");
    }

    @Override
    public void close() {
        // nothing is open between requests
    }
}
