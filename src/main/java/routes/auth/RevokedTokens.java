package routes.auth;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;

/**
 * Tokens that are not good any more though they have not expired: their client, made by API, was changed or is gone. Verifying one asks
 * no database; what is known is read again every few seconds, and with it the keys that sign tokens.
 */
@BindToRegistry("revoked-tokens")
public class RevokedTokens extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(RevokedTokens.class);

    private ClientStore store;
    private AccessTokens tokens;
    private ScheduledExecutorService reader;
    private volatile GoodTokens good;
    private boolean away;

    @Override
    protected void doStart() {
        int seconds = settings().positive("oauth2.revocation-seconds");
        store = bean("client-store", ClientStore.class);
        tokens = bean("access-tokens", AccessTokens.class);
        good = store.goodTokens();
        reader = getCamelContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "revoked-tokens");
        reader.scheduleWithFixedDelay(this::read, seconds, seconds, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        if (reader != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(reader);
        }
    }

    /** While the database is away, what was read last counts. */
    private void read() {
        try {
            good = store.goodTokens();
            tokens.readAgain();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn(
                        "which tokens are revoked, and by which keys tokens are signed, cannot be read: {}",
                        e.getClass().getSimpleName());
            }
            away = true;
        }
    }

    boolean contains(Caller caller) {
        return caller.since() != null && !good.have(caller.client(), caller.since());
    }
}
