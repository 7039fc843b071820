package routes.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.BindToRegistry;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.util.ObjectHelper;
import routes.config.ContextService;
import routes.registry.PartnerAuth;

/**
 * The access tokens that partners want of us (OAuth2 client credentials, RFC 6749, 4.4): each is asked for once, however many deliveries
 * need it at the same moment, and anew before it runs out.
 */
@BindToRegistry("partner-tokens")
public class PartnerTokens extends ContextService {

    private static final int KNOWN = 10_000;

    /** An old token that is still good, when a new one is not to be had: not asked for again for so long. */
    private static final int BREAK_SECONDS = 5;

    private record Key(String partner, PartnerAuth auth) {}

    /**
     * A token.
     *
     * @param freshUntil from then on it is time for another
     * @param goodUntil from then on the partner refuses it
     */
    record Token(String value, Instant freshUntil, Instant goodUntil) {

        private boolean isFresh() {
            return freshUntil.isAfter(Instant.now());
        }

        private boolean isGood() {
            return goodUntil.isAfter(Instant.now());
        }

        private Token forAWhile() {
            return new Token(value, Instant.now().plusSeconds(BREAK_SECONDS), goodUntil);
        }

        /** Not the token. */
        @Override
        public String toString() {
            return "Token[until " + goodUntil + "]";
        }
    }

    private final Map<Key, CompletableFuture<Token>> tokens = LRUCacheFactory.newLRUCache(KNOWN);
    private TokenRequest request;

    @Override
    protected void doStart() {
        request = new TokenRequest(bean("callback-client", CallbackClient.class));
    }

    @Override
    protected void doStop() {
        if (request != null) {
            request.close();
        }
    }

    /**
     * A token for these credentials.
     *
     * @param deadline when the attempt must have ended, on the clock of {@link System#nanoTime}; or null
     * @throws Failed when it is not to be had now; {@link Rejected} when the credentials are refused
     */
    String token(String partner, PartnerAuth auth, Long deadline) {
        Key key = new Key(partner, auth);
        CompletableFuture<Token> mine = new CompletableFuture<>();
        CompletableFuture<Token> known;
        synchronized (tokens) {
            known = tokens.get(key);
            if (known == null || isOver(known)) {
                tokens.put(key, mine);
            }
        }
        if (known != null && !isOver(known)) {
            return await(known, deadline).value;
        }
        return fetch(key, mine, known, deadline).value;
    }

    /** One that is being asked for is not over. */
    private static boolean isOver(CompletableFuture<Token> token) {
        return token.isDone()
                && (token.isCompletedExceptionally() || !token.join().isFresh());
    }

    private Token fetch(Key key, CompletableFuture<Token> mine, CompletableFuture<Token> before, Long deadline) {
        try {
            mine.complete(request.send(key.auth, deadline));
        } catch (RuntimeException e) {
            boolean stillGood = before != null
                    && !before.isCompletedExceptionally()
                    && before.join().isGood();
            if (!stillGood || e instanceof Rejected) {
                mine.completeExceptionally(e);
                throw e;
            }
            mine.complete(before.join().forAWhile());
        } catch (Error e) { // whoever waits must not wait for ever
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }

    private static Token await(CompletableFuture<Token> token, Long deadline) {
        try {
            return deadline == null
                    ? token.get()
                    : token.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Failed failed = ObjectHelper.getException(Failed.class, e);
            throw failed == null ? new Failed("no access token") : failed;
        } catch (TimeoutException e) {
            throw new Failed("no access token in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("stopping");
        }
    }

    /** The partner refuses the token: unless another has come meanwhile, the next who needs one asks for it. */
    void forget(String partner, PartnerAuth auth, String refused) {
        Key key = new Key(partner, auth);
        synchronized (tokens) {
            CompletableFuture<Token> known = tokens.get(key);
            boolean same = known != null
                    && known.isDone()
                    && !known.isCompletedExceptionally()
                    && known.join().value.equals(refused);
            if (same) {
                tokens.remove(key);
            }
        }
    }
}
