package routes.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
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

    /** A token endpoint is not asked again for so long: while an old token will do, or after one was refused. */
    private static final int BREAK_SECONDS = 5;

    /** Credentials that are refused are so for all deliveries that wait, and who asks too often may be locked out. */
    private static final int REFUSED_SECONDS = 60;

    private static final int TRIES = 2;

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

    /**
     * A token that was asked for.
     *
     * @param refusedUntil when the credentials were refused: nobody asks again until then
     */
    private record Request(CompletableFuture<Token> token, AtomicReference<Instant> refusedUntil) {

        private Request() {
            this(new CompletableFuture<>(), new AtomicReference<>(Instant.MIN));
        }

        /** One that is under way is not over. */
        private boolean isOver() {
            return token.isCompletedExceptionally()
                    ? refusedUntil.get().isBefore(Instant.now())
                    : token.isDone() && !token.join().isFresh();
        }

        private Optional<Token> good() {
            return token.isDone() && !token.isCompletedExceptionally()
                    ? Optional.of(token.join()).filter(Token::isGood)
                    : Optional.empty();
        }
    }

    private final Map<Key, Request> requests = LRUCacheFactory.newLRUCache(KNOWN);
    private final Map<Key, Instant> forgotten = LRUCacheFactory.newLRUCache(KNOWN);
    private TokenRequest endpoint;

    @Override
    protected void doStart() {
        endpoint = new TokenRequest(
                bean("callback-client", CallbackClient.class), settings().duration("callback.slow-retry"));
    }

    @Override
    protected void doStop() {
        if (endpoint != null) {
            endpoint.close();
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
        for (int tries = 1; ; tries++) {
            Request mine = new Request();
            Request current;
            Request before;
            synchronized (requests) {
                before = requests.get(key);
                current = before == null || before.isOver() ? mine : before;
                requests.put(key, current);
            }
            if (current == mine) {
                return fetch(auth, mine, Optional.ofNullable(before).flatMap(Request::good), deadline).value;
            }
            try {
                return await(current.token, deadline).value;
            } catch (Failed e) {
                // whoever has asked for all may have had less time left than this one has
                if (e instanceof Rejected || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Token fetch(PartnerAuth auth, Request mine, Optional<Token> stillGood, Long deadline) {
        try {
            mine.token.complete(endpoint.send(auth, deadline));
        } catch (RuntimeException e) {
            if (stillGood.isEmpty()) {
                mine.refusedUntil.set(e instanceof Rejected ? Instant.now().plusSeconds(REFUSED_SECONDS) : Instant.MIN);
                mine.token.completeExceptionally(e);
                throw e;
            }
            mine.token.complete(stillGood.get().forAWhile());
        } catch (Error e) { // whoever waits must not wait for ever
            mine.token.completeExceptionally(e);
            throw e;
        }
        return mine.token.join();
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

    /**
     * The partner refuses the token: the next who needs one asks for it.
     *
     * @return not when another was asked for a moment ago: a partner that refuses them all is not to be asked for each delivery
     */
    boolean forget(String partner, PartnerAuth auth, String refused) {
        Key key = new Key(partner, auth);
        Instant now = Instant.now();
        synchronized (requests) {
            Request known = requests.get(key);
            boolean isOther = known == null
                    || known.good().filter(token -> token.value.equals(refused)).isEmpty();
            if (isOther) {
                return true;
            }
            if (forgotten
                    .getOrDefault(key, Instant.EPOCH)
                    .plusSeconds(BREAK_SECONDS)
                    .isAfter(now)) {
                return false;
            }
            forgotten.put(key, now);
            requests.remove(key);
            return true;
        }
    }
}
