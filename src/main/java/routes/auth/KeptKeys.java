package routes.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The keys of an external issuer, kept for a while, and for longer when it is away. A token whose key is among them waits for nothing; one
 * with another key has them fetched again, but not more often than so: anybody can write such tokens.
 */
final class KeptKeys implements JWKSetSource<SecurityContext> {

    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final long MOST_OFTEN_MILLIS = 30_000;

    /** Whoever waits for an issuer that hangs holds a thread that webhooks want: so only a few may. */
    private final Semaphore places = new Semaphore(16);

    private final JWKSetSource<SecurityContext> kept;
    private volatile long keptUntil;

    KeptKeys(IssuerKeys source, long keptMillis) {
        JWKSetSource<SecurityContext> fetched = new RateLimitedJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(source, OUTAGE.toMillis(), null),
                Math.min(MOST_OFTEN_MILLIS, keptMillis / 2),
                null);
        JWKSetSource<SecurityContext> noted = new JWKSetSourceWrapper<>(fetched) {
            @Override
            public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
                    throws KeySourceException {
                JWKSet keys = fetched.getJWKSet(evaluator, now, context);
                keptUntil = now + keptMillis;
                return keys;
            }
        };
        kept = new RefreshAheadCachingJWKSetSource<>(
                noted, keptMillis, Math.min(3_000, keptMillis / 3), Math.min(30_000, keptMillis / 3), false, null);
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
            throws KeySourceException {
        if (evaluator == JWKSetCacheRefreshEvaluator.noRefresh() && now < keptUntil) {
            return kept.getJWKSet(evaluator, now, context);
        }
        acquire();
        try {
            return kept.getJWKSet(evaluator, now, context);
        } finally {
            places.release();
        }
    }

    private void acquire() throws JWKSetUnavailableException {
        try {
            if (places.tryAcquire(1, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new JWKSetUnavailableException("too many wait for the keys");
    }

    /** Ends the thread that fetches keys ahead. */
    @Override
    public void close() throws IOException {
        kept.close();
    }
}
