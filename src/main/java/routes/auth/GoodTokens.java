package routes.auth;

import java.util.Map;

/**
 * Which tokens of clients that were made by API are good. Times are the database's, in microseconds.
 *
 * @param readAt when this was read
 * @param since by client: since when it is as it is
 */
public record GoodTokens(long readAt, Map<String, Long> since) {

    /** A client may have been made meanwhile, or by a transaction that was not over yet. */
    private static final long MEANWHILE = 10_000_000;

    /** @param tokenSince since when its client was as the token says */
    boolean have(String client, long tokenSince) {
        return tokenSince >= since.getOrDefault(client, readAt - MEANWHILE);
    }
}
